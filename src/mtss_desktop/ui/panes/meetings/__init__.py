"""The room of meetings: what is planned, the agenda, live minutes, close-out, the picture for the wall."""
