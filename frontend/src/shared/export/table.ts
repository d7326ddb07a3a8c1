/** A table as a file that departments can open: CSV, or a plain Excel workbook. Pure but for `download`. */

export type Cell = string | number | null
export interface Table { columns: string[]; rows: Cell[][] }

/** A text that a spreadsheet would take for a formula is kept a text. */
const FORMULA = /^[=+\-@\t\r]/

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With the mark by which Excel knows UTF-8: without it Chinese comes out as noise. */
export const csvOf = ({ columns, rows }: Table): string => `\uFEFF${[columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`

const escape = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}

function sheetOf({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row, y) => {
    const cells = row.map((cell, x) => {
      const place = `${columnName(x)}${y + 1}`
      if (cell === null || cell === '') return ''
      if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
      return `<c r="${place}" t="inlineStr"${y === 0 ? ' s="1"' : ''}><is><t xml:space="preserve">${escape(cell)}</t></is></c>`
    })
    return `<row r="${y + 1}">${cells.join('')}</row>`
  })
  const widths = columns.map((name, x) => Math.min(60, Math.max(8, ...[name, ...rows.map((row) => String(row[x] ?? ''))].map((text) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 2.1 : 1.1), 2)))))
  const cols = widths.map((width, x) => `<col min="${x + 1}" max="${x + 1}" width="${width.toFixed(1)}" customWidth="1"/>`).join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** A workbook of one sheet, as the bytes of its file. */
export function xlsxOf(table: Table, name: string): Uint8Array<ArrayBuffer> {
  return zipOf({
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escape(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheetOf(table),
  })
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum >>> 0
})
const crcOf = (bytes: Uint8Array): number => (bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 0xff]! ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0

/** A ZIP archive whose files are stored as they are. The dates are the archive format's first: the same table is the same file. */
function zipOf(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const chunks: Uint8Array[] = []
  const index: Uint8Array[] = []
  let offset = 0
  const FIRST_DAY = 0x21
  for (const [path, text] of Object.entries(files)) {
    const name = encoder.encode(path)
    const body = encoder.encode(text)
    // Version 2.0, UTF-8 names, stored, time, day, CRC, both sizes, length of the name, no extra field.
    const shared = new DataView(new ArrayBuffer(26))
    shared.setUint16(0, 20, true)
    shared.setUint16(2, 0x800, true)
    shared.setUint16(8, FIRST_DAY, true)
    shared.setUint32(10, crcOf(body), true)
    shared.setUint32(14, body.length, true)
    shared.setUint32(18, body.length, true)
    shared.setUint16(22, name.length, true)
    const local = [mark(0x04034b50), new Uint8Array(shared.buffer), name, body]
    index.push(mark(0x02014b50), new Uint8Array([20, 0]), new Uint8Array(shared.buffer), new Uint8Array(10), numbers(offset), name)
    chunks.push(...local)
    offset += local.reduce((sum, part) => sum + part.length, 0)
  }
  const size = index.reduce((sum, part) => sum + part.length, 0)
  const end = new DataView(new ArrayBuffer(18))
  end.setUint16(4, Object.keys(files).length, true)
  end.setUint16(6, Object.keys(files).length, true)
  end.setUint32(8, size, true)
  end.setUint32(12, offset, true)
  const all = [...chunks, ...index, mark(0x06054b50), new Uint8Array(end.buffer)]
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
  all.reduce((at, part) => (whole.set(part, at), at + part.length), 0)
  return whole
}

const numbers = (value: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value, true)
  return new Uint8Array(view.buffer)
}
const mark = numbers

/** Hands a file to the person: it goes where the browser puts downloads. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
