"""What this app tells the app below it, once models are loaded: area names and the district of the site."""

from accounts.queries.me import register_area_names
from accounts.queries.site import register_site
from grids.queries.site import site_of_the_district
from grids.queries.tree import names_of

register_area_names(names_of)
register_site(site_of_the_district)
