/** More new alarms than somebody can read (EEMUA 191): when it is a flood, and how its lines are put together. Pure. */
import type { AlarmRules } from './calls'

export const USUAL_RULES: AlarmRules = {
  shelf_longest_minutes: 480, recovered_leaves_minutes: 5, review_days: 30, flood_count: 10, flood_minutes: 10, flood_sound_seconds: 60, silence_seconds: 60,
}

export interface Alarm { kind: string; since: string }

export const newAlarms = (entries: Iterable<Alarm>, nowMs: number, rules: Pick<AlarmRules, 'flood_minutes'>): number => {
  let count = 0
  for (const entry of entries) if (entry.kind === 'alert' && nowMs - Date.parse(entry.since) < rules.flood_minutes * 60_000) count++
  return count
}

export interface Groupable { key: string; kind: string; open: boolean; streetPath: string | null; place: string; cause: string; level: number; acknowledged: boolean; quiet: boolean }
export interface Group<Row> { key: string; place: string; cause: string; level: number; count: number; unseen: number; rows: Row[] }
export type Line<Row> = { kind: 'row'; key: string; row: Row } | { kind: 'group'; key: string; group: Group<Row>; open: boolean; shown: Row[] }

/** One place and one cause. What was judged, and cases, stay lines of their own. */
const groupOf = (row: Groupable): string | null => (row.kind === 'alert' && row.open ? `${row.streetPath ?? ''}|${row.cause}` : null)

/**
 * The lines of a list, where each row stands; in a flood a group stands where its first row would. `counts` are the
 * server's, which also knows what the page has not read.
 */
export function linesOf<Row extends Groupable>(rows: readonly Row[], options: { flood: boolean; expanded: ReadonlySet<string>; selected: string | null; counts: ReadonlyMap<string, number> }): Line<Row>[] {
  if (!options.flood) return rows.map((row) => ({ kind: 'row', key: row.key, row }))
  const sizes = new Map<string, number>()
  for (const row of rows) {
    const name = groupOf(row)
    if (name !== null) sizes.set(name, (sizes.get(name) ?? 0) + 1)
  }
  const lines: Line<Row>[] = []
  const groups = new Map<string, Extract<Line<Row>, { kind: 'group' }>>()
  for (const row of rows) {
    const name = groupOf(row)
    if (name === null || sizes.get(name) === 1) {
      lines.push({ kind: 'row', key: row.key, row })
      continue
    }
    let line = groups.get(name)
    if (line === undefined) {
      const place = row.place.split(' ')[0] ?? row.place
      line = { kind: 'group', key: `group:${name}`, group: { key: name, place, cause: row.cause, level: row.level, count: Math.max(sizes.get(name)!, options.counts.get(name) ?? 0), unseen: 0, rows: [] }, open: options.expanded.has(name), shown: [] }
      groups.set(name, line)
      lines.push(line)
    }
    const { group } = line
    group.rows.push(row)
    group.level = Math.min(group.level, row.level)
    if (!row.acknowledged && !row.quiet) group.unseen++
    // The line being read stays in sight when its group is folded.
    if (line.open || row.key === options.selected) line.shown.push(row)
  }
  return lines
}

/** What the arrow keys walk through: a folded group is one step, its worst row. */
export const stepsOf = <Row extends Groupable>(lines: readonly Line<Row>[]): string[] =>
  lines.flatMap((line) => (line.kind === 'row' ? [line.key] : line.shown.length > 0 ? line.shown.map((row) => row.key) : line.group.rows.slice(0, 1).map((row) => row.key)))

export const groupKey = (streetPath: string, cause: string): string => `${streetPath}|${cause}`
