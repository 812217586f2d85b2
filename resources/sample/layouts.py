"""Header rows of the systems' exports and how each one writes its cells. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


def listed(names: str) -> tuple[str, ...]:
    return tuple(names.split("|"))


STUDENTS: tuple[str, ...] = listed(
    "state_id|local_id|full_name|home_language|program_assigned|limited_english_proficiency|sped_placement|"
    "disability|sped_level_of_need|plan_504|student_address|grade|registration_date|free_reduced_lunch|"
    "homeroom|school_local_id|enrollment_status|date_of_birth|gender|race|hispanic_latino|primary_phone|"
    "primary_email|house|counselor"
)
INCIDENTS: tuple[str, ...] = listed(
    "local_id|incident_code|event_date|incident_time|incident_location|incident_description|school_local_id"
)
ATTENDANCE: tuple[str, ...] = listed(
    "ATT_OID|ATT_STD_OID|ATT_SKL_OID|ATT_RAT_OID|ATT_DATE|ATT_CODE_VIEW|ATT_TARDY_IND|ATT_DISMISSED_IND|"
    "ATT_REASON_CODE|ATT_EXCUSED_IND|ATT_RAT_OID_02|ATT_COMMENT|ATT_TIMESTAMP|ATT_FIELDA_001|ATT_FIELDA_002|"
    "ATT_FIELDB_001|ATT_ABSENT_IND|ATT_LAST_MODIFIED|ATT_PORTION_ABSENT|ATT_OTHER_CODE|ATT_OTHER_CODE_02|"
    "ATT_TIME_VIEW|ATT_ABSENT_IND_02|ATT_TARDY_IND_02|ATT_DISMISSED_IND_02|ATT_REASON_CODE_02|"
    "ATT_EXCUSED_IND_02|ATT_COMMENT_02|ATT_RESPONSE|ATT_RESPONSE_02|ATT_CODE_VIEW_PM"
)
MAP: tuple[str, ...] = listed(
    "TermName|DistrictName|District_StateID|SchoolName|School_StateID|StudentID|Student_StateID|Subject|"
    "Course|GrowthMeasureYN|NormsReferenceData|WISelectedAYFall|WISelectedAYWinter|WISelectedAYSpring|"
    "WIPreviousAYFall|WIPreviousAYWinter|WIPreviousAYSpring|TestType|TestName|TestID|TestStartDate|"
    "TestStartTime|TestDurationMinutes|TestRITScore|TestStandardError|TestPercentile|AchievementQuintile|"
    "PercentCorrect|RapidGuessingPercentage|FallToFallProjectedGrowth|FallToFallObservedGrowth|"
    "FallToFallObservedGrowthSE|FallToFallMetProjectedGrowth|FallToFallConditionalGrowthIndex|"
    "FallToFallConditionalGrowthPercentile|FallToFallGrowthQuintile|FallToWinterProjectedGrowth|"
    "FallToWinterObservedGrowth|FallToWinterObservedGrowthSE|FallToWinterMetProjectedGrowth|"
    "FallToWinterConditionalGrowthIndex|FallToWinterConditionalGrowthPercentile|FallToWinterGrowthQuintile|"
    "FallToSpringProjectedGrowth|FallToSpringObservedGrowth|FallToSpringObservedGrowthSE|"
    "FallToSpringMetProjectedGrowth|FallToSpringConditionalGrowthIndex|"
    "FallToSpringConditionalGrowthPercentile|FallToSpringGrowthQuintile|WinterToWinterProjectedGrowth|"
    "WinterToWinterObservedGrowth|WinterToWinterObservedGrowthSE|WinterToWinterMetProjectedGrowth|"
    "WinterToWinterConditionalGrowthIndex|WinterToWinterConditionalGrowthPercentile|"
    "WinterToWinterGrowthQuintile|WinterToSpringProjectedGrowth|WinterToSpringObservedGrowth|"
    "WinterToSpringObservedGrowthSE|WinterToSpringMetProjectedGrowth|WinterToSpringConditionalGrowthIndex|"
    "WinterToSpringConditionalGrowthPercentile|WinterToSpringGrowthQuintile|SpringToSpringProjectedGrowth|"
    "SpringToSpringObservedGrowth|SpringToSpringObservedGrowthSE|SpringToSpringMetProjectedGrowth|"
    "SpringToSpringConditionalGrowthIndex|SpringToSpringConditionalGrowthPercentile|"
    "SpringToSpringGrowthQuintile|LexileScore|LexileMin|LexileMax|QuantileScore|QuantileMin|QuantileMax|"
    "Goal1Name|Goal1RitScore|Goal1StdErr|Goal1Range|Goal1Adjective|Goal2Name|Goal2RitScore|Goal2StdErr|"
    "Goal2Range|Goal2Adjective|Goal3Name|Goal3RitScore|Goal3StdErr|Goal3Range|Goal3Adjective|Goal4Name|"
    "Goal4RitScore|Goal4StdErr|Goal4Range|Goal4Adjective|Goal5Name|Goal5RitScore|Goal5StdErr|Goal5Range|"
    "Goal5Adjective|Goal6Name|Goal6RitScore|Goal6StdErr|Goal6Range|Goal6Adjective|Goal7Name|Goal7RitScore|"
    "Goal7StdErr|Goal7Range|Goal7Adjective|Goal8Name|Goal8RitScore|Goal8StdErr|Goal8Range|Goal8Adjective|"
    "TypicalFallToFallGrowth|TypicalFallToWinterGrowth|TypicalFallToSpringGrowth|TypicalWinterToWinterGrowth|"
    "TypicalWinterToSpringGrowth|TypicalSpringToSpringGrowth|ProjectedProficiencyStudy1|"
    "ProjectedProficiencyLevel1|ProjectedProficiencyStudy2|ProjectedProficiencyLevel2|"
    "ProjectedProficiencyStudy3|ProjectedProficiencyLevel3|ProjectedProficiencyStudy4|"
    "ProjectedProficiencyLevel4|ProjectedProficiencyStudy5|ProjectedProficiencyLevel5|"
    "ProjectedProficiencyStudy6|ProjectedProficiencyLevel6|ProjectedProficiencyStudy7|"
    "ProjectedProficiencyLevel7|ProjectedProficiencyStudy8|ProjectedProficiencyLevel8|"
    "ProjectedProficiencyStudy9|ProjectedProficiencyLevel9|ProjectedProficiencyStudy10|"
    "ProjectedProficiencyLevel10"
)
DIBELS: tuple[str, ...] = listed(
    "School Year|State|Account Name|Municipality Name|Municipality Primary ID|District Name|"
    "District Primary ID|Internal Program|External Program|School Name|Primary School ID|Secondary School ID|"
    "Student Last Name|Student First Name|Student Middle Name|Enrollment Date|Enrollment Grade|Date of Birth|"
    "Gender|Race|Special Education|Disability|Specific Disability|Section 504|Economically Disadvantaged|"
    "Meal Status|Title 1|Migrant|English Proficiency|ELL Status|Home Language|Alternate Assessment|"
    "Approved Accommodations|Classed|Reporting Class Name|Reporting Class ID|Official Teacher Name|"
    "Official Teacher Staff ID|Assessing Teacher Name|Assessing Teacher Staff ID|Assessment|"
    "Assessment Edition|Assessment Grade|Benchmark Period|Composite Level|Composite Score|"
    "Composite - National Norm Percentile|Composite - Semester Growth|Composite - Year Growth|"
    "Letter Names (LNF) - Level|Letter Names (LNF) - Score|Letter Names (LNF) - National Norm Percentile|"
    "Letter Names (LNF) - Semester Growth|Letter Names (LNF) - Year Growth|Phonemic Awareness (PSF) - Level|"
    "Phonemic Awareness (PSF) - Score|Phonemic Awareness (PSF) - National Norm Percentile|"
    "Phonemic Awareness (PSF) - Semester Growth|Phonemic Awareness (PSF) - Year Growth|"
    "Letter Sounds (NWF-CLS) - Level|Letter Sounds (NWF-CLS) - Score|"
    "Letter Sounds (NWF-CLS) - National Norm Percentile|Letter Sounds (NWF-CLS) - Semester Growth|"
    "Letter Sounds (NWF-CLS) - Year Growth|Decoding (NWF-WRC) - Level|Decoding (NWF-WRC) - Score|"
    "Decoding (NWF-WRC) - National Norm Percentile|Decoding (NWF-WRC) - Semester Growth|"
    "Decoding (NWF-WRC) - Year Growth|Word Reading (WRF) - Level|Word Reading (WRF) - Score|"
    "Word Reading (WRF) - National Norm Percentile|Word Reading (WRF) - Semester Growth|"
    "Word Reading (WRF) - Year Growth|Reading Accuracy (ORF-Accu) - Level|"
    "Reading Accuracy (ORF-Accu) - Score|Reading Accuracy (ORF-Accu) - National Norm Percentile|"
    "Reading Accuracy (ORF-Accu) - Semester Growth|Reading Accuracy (ORF-Accu) - Year Growth|"
    "Reading Fluency (ORF) - Level|Reading Fluency (ORF) - Score|"
    "Reading Fluency (ORF) - National Norm Percentile|Reading Fluency (ORF) - Semester Growth|"
    "Reading Fluency (ORF) - Year Growth|Error Rate (ORF) - Score|Reading Comprehension (Maze) - Level|"
    "Reading Comprehension (Maze) - Score|Reading Comprehension (Maze) - National Norm Percentile|"
    "Reading Comprehension (Maze) - Semester Growth|Reading Comprehension (Maze) - Year Growth|"
    "Correct Responses (Maze) - Score|Incorrect Responses (Maze) - Score|Client Date|Sync Date|"
    "Student Primary ID|Primary ID - Student ID (State ID)|Administration Type|Vocabulary - Level|"
    "Vocabulary - Score|Spelling - Level|Spelling - Score|RAN - Level|RAN - Score|Risk Indicator - Level|"
    "DIBELS Composite Score - Lexile"
)
PROBES: tuple[str, ...] = listed(
    "Assessment|State|District|School|Student Id|Student State Id|Fast ID|First Name|Last Name|Gender|"
    "BirthDate|Race|SpecialEdStatus|Grade|AssessmentDate|ScoreMetric|Score|Start Goal|End Goal|"
    "Goal Start Date|Goal End Date|Assessment Level"
)
# Columns that this system writes as "" when there is nothing; the others are left bare.
DIBELS_QUOTED_EMPTY: tuple[str, ...] = listed(
    "Special Education|Disability|Specific Disability|Section 504|Economically Disadvantaged|Meal Status|"
    "Title 1|Migrant|English Proficiency|Alternate Assessment|Approved Accommodations|"
    "Composite - Semester Growth|Letter Names (LNF) - Semester Growth|"
    "Phonemic Awareness (PSF) - Semester Growth|Letter Sounds (NWF-CLS) - Semester Growth|"
    "Decoding (NWF-WRC) - Semester Growth|Word Reading (WRF) - Semester Growth|"
    "Reading Accuracy (ORF-Accu) - Level|Reading Accuracy (ORF-Accu) - National Norm Percentile|"
    "Reading Accuracy (ORF-Accu) - Semester Growth|Reading Fluency (ORF) - Level|"
    "Reading Fluency (ORF) - National Norm Percentile|Reading Fluency (ORF) - Semester Growth|"
    "Reading Comprehension (Maze) - Level|Reading Comprehension (Maze) - Semester Growth|Vocabulary - Level|"
    "Spelling - Level|RAN - Level|Risk Indicator - Level"
)


@dataclass(frozen=True)
class Layout:
    """Columns in their order, how a header name and a cell are written, and the line end."""

    columns: tuple[str, ...]
    header: Callable[[str], str]
    cell: Callable[[str | None], str]
    line_end: str = "\n"


def quoted(cell: str | None) -> str:
    return '"' + (cell or "") + '"'


def single_quoted(cell: str) -> str:
    return f"'{cell}'"


def bare(cell: str | None) -> str:
    """As a spreadsheet program writes it: quotes only where a comma needs them."""
    return "" if cell is None else f'"{cell}"' if "," in cell or not cell else cell


STUDENTS_LAYOUT = Layout(STUDENTS, quoted, quoted)
INCIDENTS_LAYOUT = Layout(INCIDENTS, quoted, quoted)
ATTENDANCE_LAYOUT = Layout(ATTENDANCE, single_quoted, quoted)
MAP_LAYOUT = Layout(MAP, str, quoted)
DIBELS_LAYOUT = Layout(DIBELS, str, bare)
PROBES_LAYOUT = Layout(PROBES, str, bare, "\r\n")


def written(rows: Iterable[Mapping[str, str | None]], layout: Layout) -> bytes:
    """The whole file in UTF-8. A row with a column that the layout does not know is a mistake and raises KeyError."""
    lines = [",".join(layout.header(name) for name in layout.columns)]
    for row in rows:
        if unknown := set(row) - set(layout.columns):
            raise KeyError(f"not a column of this layout: {sorted(unknown)}")
        lines.append(",".join(layout.cell(row.get(name)) for name in layout.columns))
    return (layout.line_end.join(lines) + layout.line_end).encode("utf-8")
