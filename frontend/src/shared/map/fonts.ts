/**
 * The map draws its text from the same woff2 slices as the page: no glyph tiles, no other host. A slice is fetched
 * only when a label needs a character of it.
 */
import unicode from '@fontsource/noto-sans-sc/unicode.json'
import type { FontFacesSpecification } from 'maplibre-gl'

const regular = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-400-normal.woff2', {
  query: '?url', import: 'default', eager: true,
})
const bold = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-700-normal.woff2', {
  query: '?url', import: 'default', eager: true,
})

export const TEXT = 'Noto Sans SC Regular'
export const TEXT_BOLD = 'Noto Sans SC Bold'

interface Face { url: string; 'unicode-range': string[] }

/** One face per slice, with the characters it holds; `[4]` names the file `…-4-400-normal.woff2`. */
export function faces(files: Record<string, string>, ranges: Record<string, string>, weight: number, origin: string): Face[] {
  const byName = new Map(Object.entries(files).map(([path, url]) => [path.split('/').at(-1), url]))
  return Object.entries(ranges).flatMap(([slice, range]) => {
    const url = byName.get(`noto-sans-sc-${slice.replace(/[[\]]/g, '')}-${weight}-normal.woff2`)
    return url ? [{ url: new URL(url, origin).href, 'unicode-range': range.split(',') }] : []
  })
}

export function fontFaces(origin: string = location.origin): FontFacesSpecification {
  return { [TEXT]: faces(regular, unicode, 400, origin), [TEXT_BOLD]: faces(bold, unicode, 700, origin) } as FontFacesSpecification
}
