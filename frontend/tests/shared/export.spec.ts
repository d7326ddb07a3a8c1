import { expect, test } from 'vitest'
import { csvOf, xlsxOf } from '@/shared/export/table'
import { qrModules, TooLongForQr } from '@/shared/qr/qr'

const table = { columns: ['编号', '事项', '件数'], rows: [['0342', '他说"好", 再来', 3], ['0343', '=HYPERLINK("x")', null]] }

test('a table is a CSV that Excel reads as UTF-8 and takes no command from', () => {
  expect(csvOf(table)).toBe('\uFEFF编号,事项,件数\r\n0342,"他说""好"", 再来",3\r\n0343,"\'=HYPERLINK(""x"")",\r\n')
})

test('a table is a workbook whose texts stay texts', () => {
  const bytes = xlsxOf(table, '工单')
  const text = new TextDecoder().decode(bytes)
  expect([...bytes.slice(0, 4)]).toEqual([0x50, 0x4b, 3, 4])
  expect(text).toContain('<c r="A2" t="inlineStr"><is><t xml:space="preserve">0342</t></is></c>')
  expect(text).toContain('<c r="C2"><v>3</v></c>')
  expect(text).toContain('=HYPERLINK(&quot;x&quot;)')
})

test('the code of a letter is the one a reader was seen to read', () => {
  const rows = qrModules('A').map((row) => row.map((dark) => (dark ? '1' : '0')).join(''))
  expect(rows).toHaveLength(21)
  expect([rows[0], rows[10], rows[20]]).toEqual(['111111101001001111111', '110011101101000001101', '111111101000010010000'])
})

test('a longer address has a larger code, and one that is too long is refused', () => {
  expect([1, 40, 100, 213].map((length) => qrModules('x'.repeat(length)).length)).toEqual([21, 29, 41, 57])
  expect(() => qrModules('x'.repeat(214))).toThrow(TooLongForQr)
})
