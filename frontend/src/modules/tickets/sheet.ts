/** A selection of tickets as a table for a spreadsheet. Pure. */
import type { OrderRow } from '@/api/types'
import type { Cell, Table } from '@/shared/export/table'

export interface Words { column(name: string): string; level(level: number): string; state(row: OrderRow): string; role(row: OrderRow): string; moment(at: string | null): string }

const COLUMNS = ['number', 'title', 'type', 'level', 'place', 'unit', 'role', 'state', 'issued', 'signed', 'done', 'due', 'team', 'note', 'result'] as const

export function sheetOf(rows: readonly OrderRow[], words: Words): Table {
  return {
    columns: COLUMNS.map((name) => words.column(name)),
    rows: rows.map((row): Cell[] => [
      row.event_number, row.title, row.type_name, words.level(row.level), [row.area_label, row.address].filter(Boolean).join(' '), row.unit.name, words.role(row), words.state(row),
      words.moment(row.issued_at), words.moment(row.signed_at), words.moment(row.done_at), words.moment(row.due_at), row.assignee?.name ?? '', row.note, row.result,
    ]),
  }
}
