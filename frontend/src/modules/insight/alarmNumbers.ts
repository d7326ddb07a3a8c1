/** The numbers of 告警质量 as tables, each cell with what the server lists behind it. Pure. */
import type { Cell, Table } from '@/shared/export/table'
import type { AlarmAlertsQuery, Alarms } from './calls'

/** Which alerts a number counts, beside the period, the area and the kind that the whole page is asked for. */
export type Counts = Pick<AlarmAlertsQuery, 'of' | 'level' | 'state' | 'found_by' | 'rule' | 'subject_kind' | 'subject_id' | 'operator' | 'since' | 'in_floods'>
export interface OpenTable { table: Table; opens: (Counts | null)[][] }
/** A number with a name of its own. */
export interface AlarmNumber { label: string; count: number; counts: Counts }

type Say = (key: string) => string
type Column<Row> = readonly [name: string, cell: (row: Row) => Cell, counts?: (row: Row) => Counts]

const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10)

function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], t: Say): OpenTable {
  return {
    table: { columns: columns.map(([name]) => t(`insight.series.${name}`)), rows: rows.map((row) => columns.map(([, cell]) => cell(row))) },
    opens: rows.map((row) => columns.map(([, , counts]) => counts?.(row) ?? null)),
  }
}

export const levelsTable = (rows: Alarms['levels'], t: Say): OpenTable => tableOf(rows, [
  ['level', (row) => t(`insight.alarmLevel.${row.level}`)],
  ['count', (row) => row.count, ({ level }) => ({ level })],
  ['sharePercent', (row) => percent(row.share)],
  ['targetPercent', (row) => percent(row.target)],
], t)

export const operatorsTable = (rows: Alarms['operators'], t: Say): OpenTable => tableOf(rows, [
  ['operator', (row) => row.name],
  ['acknowledged', (row) => row.acknowledged, (row) => ({ of: 'acknowledged', operator: row.id })],
  ['meanTen', (row) => row.mean_in_ten_minutes],
  ['peakTen', (row) => row.peak_in_ten_minutes, (row) => ({ of: 'acknowledged', operator: row.id, since: row.peak_at })],
], t)

const ofRule = (row: Alarms['rules'][number]): Counts => ({ found_by: row.source as Counts['found_by'], rule: row.rule })
const ofSource = (row: Alarms['noisy'][number]): Counts => ({ ...ofRule(row), subject_kind: row.subject_kind, subject_id: row.subject_id })
const judged = <Row extends Alarms['rules'][number]>(which: (row: Row) => Counts): Column<Row>[] => [
  ['alerts', (row) => row.alerts, which],
  ['confirmed', (row) => row.confirmed, (row) => ({ ...which(row), state: 'confirmed' })],
  ['dismissed', (row) => row.dismissed, (row) => ({ ...which(row), state: 'dismissed' })],
  ['falsePercent', (row) => percent(row.false_rate)],
]

export const noisyTable = (rows: Alarms['noisy'], t: Say): OpenTable => tableOf(rows, [
  ['camera', (row) => row.camera || `${row.subject_kind} ${row.subject_id}`],
  ['rule', (row) => row.rule_name],
  ['place', (row) => row.place],
  ['seen', (row) => row.seen, ofSource],
  ...judged(ofSource),
], t)

export const rulesTable = (rows: Alarms['rules'], t: Say): OpenTable => tableOf(rows, [['rule', (row) => row.rule_name], ...judged(ofRule)], t)

export const floodsTable = (rows: Alarms['rate']['worst_floods'], t: Say, written: (moment: string) => string): OpenTable => tableOf(rows, [
  ['begins', (row) => written(row.at)],
  ['alerts', (row) => row.count, (row) => ({ since: row.at })],
], t)

/** The numbers that stand in no table: all, the fullest ten minutes, those in floods, and what became of them. */
export function alarmNumbers(found: Alarms, t: Say): AlarmNumber[] {
  const { rate } = found
  return [
    { label: t('insight.alarm.raised'), count: rate.raised, counts: {} },
    ...(rate.peak_at === null ? [] : [{ label: t('insight.alarm.peak'), count: rate.peak_in_ten_minutes ?? 0, counts: { since: rate.peak_at } }]),
    { label: t('insight.alarm.flooded'), count: rate.flooded, counts: { in_floods: true } },
    ...found.states.map(({ state, count }): AlarmNumber => ({ label: t(`alertState.${state}`), count, counts: { state } })),
    ...found.levels.map(({ level, count }): AlarmNumber => ({ label: t(`insight.alarmLevel.${level}`), count, counts: { level } })),
    { label: t('insight.chart.standing'), count: found.standing.count, counts: { of: 'standing' } },
  ]
}
