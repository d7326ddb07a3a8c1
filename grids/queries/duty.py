"""Who answers for a grid."""

from accounts.models import Grant
from accounts.roles import Role


def responsible_workers(grid_path: str) -> list[int]:
    """User ids of the grid workers granted exactly this grid, who may sign in or be sent; first granted first."""
    grants = Grant.objects.filter(role=Role.GRID_WORKER, area_path=grid_path, user__is_active=True)
    return list(grants.order_by("id").values_list("user_id", flat=True))
