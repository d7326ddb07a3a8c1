"""The one way a set-up step fails: what, the last lines, and the remedy."""


class StepFailed(Exception):
    """A step could not be done; the message tells the person what to do next."""

    def __init__(self, what: str, remedy: str, tail: str = "", log: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.tail = tail
        self.log = log

    def text(self) -> str:
        lines = [f"failed: {self.what}"]
        if self.tail:
            lines += ["", *(f"    {line}" for line in self.tail.splitlines()[-15:]), ""]
        if self.log:
            lines.append(f"  more in {self.log}")
        lines.append(f"  what to do: {self.remedy}")
        return "\n".join(lines)
