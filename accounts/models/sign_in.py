"""Failed sign-ins, counted per name."""

from django.db import models


class SignInAttempt(models.Model):
    """Failures since the last success; `locked_until` refuses further tries."""

    username = models.CharField(max_length=40, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_sign_in_attempt"
