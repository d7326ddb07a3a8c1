"""Photos for the plays: drawn, so that nobody takes them for a real place."""

import random
from io import BytesIO

from PIL import Image, ImageDraw

from core.actor import Actor
from events.actions.uploads import store_photo
from events.models import Attachment

SIZE = (320, 240)
SKY, GROUND = (196, 210, 222), (142, 148, 140)


def draw(seed: int, caption: str) -> bytes:
    """A street of simple blocks with the word `simulated`; the same seed draws the same picture."""
    chance = random.Random(seed)
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 150, *SIZE), fill=GROUND)
    for left in range(0, SIZE[0], 40):
        shade = chance.randint(90, 180)
        pen.rectangle((left + 3, chance.randint(50, 120), left + 37, 150), fill=(shade, shade, shade + 10))
    pen.text((8, SIZE[1] - 20), f"simulated {caption}", fill=(30, 34, 40))
    target = BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()


def photo(by: Actor, seed: int, caption: str) -> Attachment:
    """A drawn photo, uploaded by whoever will hand it in."""
    content = draw(seed, caption)
    return store_photo(file=BytesIO(content), size=len(content), actor=by)
