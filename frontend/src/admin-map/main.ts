/** The admin's geometry fields: every `.map-field` on the page becomes a map. Without WebGL the text stays. */
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/700.css'
import 'maplibre-gl/dist/maplibre-gl.css'
import './look.css'
import '@/shared/map/worker'
import './field.css'
import { MapField } from './field'
import { editOutline } from './outlineField'
import { editPoint } from './pointField'
import { wordsFor } from './words'

for (const box of document.querySelectorAll<HTMLElement>('.map-field')) {
  try {
    const field = new MapField(box)
    if (field.type === 'Point') editPoint(field)
    else editOutline(field)
  } catch {
    const text = box.querySelector('textarea')
    if (text) text.hidden = false
    const help = box.querySelector('.map-field-help')
    if (help) help.textContent = wordsFor(document.documentElement.lang).missing
  }
}
