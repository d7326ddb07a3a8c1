/** What stands for each kind of sensor on the map: a small plate with lines or letters, drawn here so that no sprite has to be served. */
import type { components } from '@/api/schema'
import type { Palette } from './palette'
import type { ShapeImage } from './shapes'

export type SensorKind = components['schemas']['SensorCreateInput']['kind']
interface Sign { /** Lines in a box of 24 × 24. */ lines?: string; letters?: string }

export const SENSOR_SIGNS: Record<SensorKind, Sign> = {
  water_level: { lines: 'M4 17c2-2 4-2 6 0s4 2 6 0 3-1.4 4-1 M12 4v9 M12 4h4 M12 7h3 M12 10h4' },
  rainfall: { lines: 'M8 14a3.5 3.5 0 0 1 0-7 4.5 4.5 0 0 1 8.6 1A3 3 0 0 1 16.5 14z M9 17l-1 3 M13 17l-1 3 M17 17l-1 3' },
  ponding: { lines: 'M3 14c2-2 4-2 6 0s4 2 6 0 4-2 6 0 M3 19c2-2 4-2 6 0s4 2 6 0 4-2 6 0 M6 10V5h12v5' },
  flow: { lines: 'M3 12h16 M14 7l5 5-5 5 M3 7h7 M3 17h7' },
  pipe_pressure: { lines: 'M5 18a8.5 8.5 0 1 1 14 0 M12 15l4-6 M5 18h14' },
  water_ph: { letters: 'pH' },
  water_oxygen: { letters: 'O₂' },
  turbidity: { letters: 'NTU' },
  pm25: { letters: '2.5' },
  pm10: { letters: '10' },
  tsp: { letters: 'TSP' },
  noise: { letters: 'dB' },
  temperature: { letters: '℃' },
  humidity: { lines: 'M12 3c4 6 6 8 6 11a6 6 0 0 1-12 0c0-3 2-5 6-11z M10 16a2.5 2.5 0 0 0 2 2' },
  wind_speed: { lines: 'M3 9h11a3 3 0 1 0-3-3 M3 13h15a3 3 0 1 1-3 3 M3 17h7' },
  gas: { lines: 'M12 3c1 4 5 6 5 11a5 5 0 0 1-10 0c0-3 2-4 2-6 2 1 3 2.5 3 4 1-2 1-5 0-9z' },
  smoke: { lines: 'M7 20c-3-4 3-5 0-9s2-4 1-7 M12 20c-3-4 3-5 0-9s2-4 1-7 M17 20c-3-4 3-5 0-9s2-4 1-7' },
  hydrant_pressure: { lines: 'M8 20V9a4 4 0 0 1 8 0v11 M6 20h12 M5 13h14 M12 5V3' },
  leakage_current: { letters: 'mA' },
  manhole_cover: { lines: 'M12 4a8 8 0 1 0 .01 0z M6.5 6.5l11 11 M17.5 6.5l-11 11' },
  bin_fill: { lines: 'M6 8h12l-1 12H7z M4 8h16 M9 8V5h6v3 M10 12v5 M14 12v5' },
  parking: { letters: 'P' },
  street_lamp: { lines: 'M7 21V7a3 3 0 0 1 3-3h4 M14 3h6v3h-6z M15 10l-1 3 M19 10l1 3' },
  bridge_strain: { lines: 'M3 15h18 M3 15c3-9 15-9 18 0 M8 10v5 M12 8.5v6.5 M16 10v5 M5 15v4 M19 15v4' },
  tilt: { lines: 'M4 20h16 M7 20L13 4l4 1.5L12 20 M16 14a8 8 0 0 1 3 6' },
  crack: { lines: 'M10 3l4 5-5 4 5 4-3 5 M4 4v16 M20 4v16' },
}

export const SENSOR_KINDS = Object.keys(SENSOR_SIGNS) as SensorKind[]
export const signName = (kind: string): string => `sensor-${kind}`

/** Twice as many dots as the sign is wide, for screens that show them. */
const SIDE = 52
const DENSITY = 2

export function drawSign(kind: SensorKind, palette: Palette): ShapeImage | null {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.beginPath()
  pen.roundRect(3, 3, SIDE - 6, SIDE - 6, 9)
  pen.fillStyle = palette.halo
  pen.fill()
  pen.strokeStyle = palette.areaStrong
  pen.lineWidth = 3.5
  pen.stroke()
  const { lines, letters } = SENSOR_SIGNS[kind]
  if (letters) {
    pen.fillStyle = palette.text
    pen.font = `700 ${letters.length > 2 ? 18 : 24}px 'Noto Sans SC', sans-serif`
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillText(letters, SIDE / 2, SIDE / 2 + 1.5)
  } else if (lines) {
    const factor = (SIDE - 18) / 24
    pen.setTransform(factor, 0, 0, factor, 9, 9)
    pen.strokeStyle = palette.text
    pen.lineWidth = 2
    pen.lineCap = pen.lineJoin = 'round'
    pen.stroke(new Path2D(lines))
  }
  return { name: signName(kind), image: pen.getImageData(0, 0, SIDE, SIDE), pixelRatio: DENSITY }
}

export const drawSigns = (palette: Palette): ShapeImage[] => SENSOR_KINDS.map((kind) => drawSign(kind, palette)).filter((sign) => sign !== null)
