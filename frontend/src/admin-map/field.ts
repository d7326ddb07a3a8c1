/** What point and outline fields share: a map, a line that says what to do, buttons, and the text that is sent. */
import { Map as MapLibreMap, NavigationControl, type GeoJSONSource } from 'maplibre-gl'
import type { Feature } from 'geojson'
import { editorStyle } from './style'
import { wordsFor, type Words } from './words'

export class MapField {
  readonly words: Words = wordsFor(document.documentElement.lang)
  readonly text: HTMLTextAreaElement
  readonly type: string
  readonly map: MapLibreMap
  private readonly help: HTMLParagraphElement
  private readonly bar: HTMLDivElement

  constructor(readonly box: HTMLElement) {
    this.text = box.querySelector('textarea')!
    this.type = box.dataset.geometryType ?? 'MultiPolygon'
    this.bar = box.querySelector('.map-field-bar')!
    this.help = box.querySelector('.map-field-help')!
    this.text.hidden = true
    this.map = new MapLibreMap({
      container: box.querySelector<HTMLElement>('.map-field-canvas')!,
      style: editorStyle(location.origin),
      center: [Number(box.dataset.lng), Number(box.dataset.lat)],
      zoom: Number(box.dataset.zoom),
      attributionControl: false,
      doubleClickZoom: false,
      dragRotate: false,
    })
    this.map.addControl(new NavigationControl({ showCompass: false }))
    this.button(this.words.text, () => (this.text.hidden = !this.text.hidden))
  }

  button(label: string, act: () => void): void {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button'
    button.textContent = label
    button.addEventListener('click', act)
    this.bar.append(button)
  }

  say(words: string, isTrouble = false): void {
    this.help.textContent = words
    this.help.classList.toggle('errornote', isTrouble)
  }

  show(source: 'outline' | 'handles' | 'trouble', features: Feature[]): void {
    void (this.map.getSource(source) as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features })
  }
}
