"""Where things lie: the checkout, and the folder `var/` that holds everything this machine adds to it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Place:
    """One installation: its checkout and its state folder. Two state folders are two independent installations."""

    root: Path
    var: Path

    @classmethod
    def here(cls) -> "Place":
        return cls(root=ROOT, var=Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute())

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def dist(self) -> Path:
        return self.root / "frontend" / "dist"

    @property
    def dist_admin(self) -> Path:
        return self.root / "frontend" / "dist-admin"

    @property
    def shared(self) -> Path:
        """Downloads that every installation of this checkout shares: models and clips."""
        return self.root / "var"

    @property
    def models(self) -> Path:
        return self.shared / "models"

    @property
    def clips(self) -> Path:
        return self.shared / "clips"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def state(self) -> Path:
        """Process ids, locks, the beat schedule."""
        return self.var / "state"

    @property
    def env_file(self) -> Path:
        return self.var / "env"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def media(self) -> Path:
        return self.var / "media"

    @property
    def static(self) -> Path:
        return self.var / "static"

    @property
    def nginx(self) -> Path:
        return self.var / "nginx"

    @property
    def accounts(self) -> Path:
        return self.var / "sample-accounts.json"

    @property
    def tag(self) -> str:
        """A short name of this installation, the same at every start."""
        return hashlib.sha256(str(self.var).encode()).hexdigest()[:10]

    def make_folders(self) -> None:
        for folder in (self.var, self.logs, self.state, self.media, self.static, self.models, self.clips, self.nginx):
            folder.mkdir(parents=True, exist_ok=True)
