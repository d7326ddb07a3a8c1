/** What the charts of the figures draw: options and tables, from answers of the server. Pure. */
import { BarChart } from 'echarts/charts'
import { LegendComponent, TooltipComponent } from 'echarts/components'
import { use, type EChartsCoreOption } from 'echarts/core'
import type { Table } from '@/shared/export/table'
import type { Alarms, Handling, Running } from './calls'

use([BarChart, LegendComponent, TooltipComponent])

type Say = (key: string) => string
const BLUE = '#1d5fb4'
const GREY = '#8593a3'
const PALE = '#c3d5ec'
const text = { color: '#4b5a6b', fontSize: 13, fontFamily: "'Barlow Semi Condensed', 'Noto Sans SC', sans-serif" }
const lines = { lineStyle: { color: '#d3d9e0' } }
const base = {
  grid: { left: 48, right: 20, top: 36, bottom: 28 }, textStyle: text, tooltip: { trigger: 'axis', confine: true },
  legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 8, textStyle: text },
}
const category = (data: string[]) => ({ type: 'category', data, axisLabel: { ...text, hideOverlap: true }, axisTick: { show: false }, axisLine: lines })
const value = (more: object = {}) => ({ type: 'value', axisLabel: text, splitLine: lines, minInterval: 1, ...more })
const short = (day: string): string => day.slice(5)
const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10)

export function volumeOption(days: Running['days'], t: Say): EChartsCoreOption {
  return {
    ...base, xAxis: category(days.map((row) => short(row.day))), yAxis: value(),
    series: [
      { type: 'bar', name: t('insight.series.received'), data: days.map((row) => row.received), itemStyle: { color: BLUE }, barMaxWidth: 22 },
      { type: 'bar', name: t('insight.series.closed'), data: days.map((row) => row.closed), itemStyle: { color: PALE }, barMaxWidth: 22 },
    ],
  }
}
export const volumeTable = (days: Running['days'], t: Say): Table => ({
  columns: ['day', 'received', 'closed'].map((name) => t(`insight.series.${name}`)), rows: days.map((row) => [row.day, row.received, row.closed]),
})

export function onTimeOption(days: Running['days'], t: Say): EChartsCoreOption {
  return {
    ...base, xAxis: category(days.map((row) => short(row.day))), yAxis: value({ min: 0, max: 100, axisLabel: { ...text, formatter: '{value}%' } }),
    series: [{ type: 'line', name: t('insight.series.onTime'), data: days.map((row) => percent(row.on_time_rate)), itemStyle: { color: BLUE }, lineStyle: { color: BLUE, width: 2 }, connectNulls: false, symbolSize: 6 }],
  }
}
export const onTimeTable = (days: Running['days'], t: Say): Table => ({
  columns: [t('insight.series.day'), t('insight.series.onTimePercent')], rows: days.map((row) => [row.day, percent(row.on_time_rate)]),
})

export function agesOption(ages: Running['ages'], t: Say): EChartsCoreOption {
  return {
    ...base, legend: undefined, grid: { ...base.grid, top: 30 }, xAxis: category(ages.map((row) => t(`insight.age.${row.age}`))), yAxis: value(),
    series: [{ type: 'bar', name: t('insight.series.open'), data: ages.map((row) => row.open), itemStyle: { color: BLUE }, barMaxWidth: 46, label: { show: true, position: 'top', ...text } }],
  }
}
export const agesTable = (ages: Running['ages'], t: Say): Table => ({
  columns: [t('insight.series.age'), t('insight.series.open')], rows: ages.map((row) => [t(`insight.age.${row.age}`), row.open]),
})

/** The band is drawn as two lines on top of each other: an invisible one up to its lower edge, and what lies above it. */
export function forecastOption(days: Running['forecast'], t: Say): EChartsCoreOption {
  const hidden = { type: 'line', stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, tooltip: { show: false } }
  return {
    ...base, xAxis: category(days.map((row) => short(row.day))), yAxis: value(),
    legend: { ...base.legend, data: [t('insight.series.forecast'), t('insight.series.band')] },
    series: [
      { ...hidden, data: days.map((row) => row.low) },
      { ...hidden, name: t('insight.series.band'), data: days.map((row) => Math.round((row.high - row.low) * 10) / 10), areaStyle: { color: PALE, opacity: 0.7 }, itemStyle: { color: PALE } },
      { type: 'line', name: t('insight.series.forecast'), data: days.map((row) => row.value), itemStyle: { color: BLUE }, lineStyle: { color: BLUE, width: 2 }, symbolSize: 6 },
    ],
  }
}
export const forecastTable = (days: Running['forecast'], t: Say): Table => ({
  columns: ['day', 'forecast', 'low', 'high'].map((name) => t(`insight.series.${name}`)), rows: days.map((row) => [row.day, row.value, row.low, row.high]),
})

const hours = (minutes: number | null): number | null => (minutes === null ? null : Math.round((minutes / 60) * 100) / 100)
export function stepsOption(steps: Handling['steps'], t: Say): EChartsCoreOption {
  return {
    ...base, grid: { ...base.grid, left: 92, bottom: 40 }, xAxis: value({ name: t('insight.series.hours'), nameLocation: 'middle', nameGap: 26, nameTextStyle: text, minInterval: 0 }),
    yAxis: { ...category(steps.map((row) => t(`insight.step.${row.step}`))), inverse: true },
    series: [
      { type: 'bar', name: t('insight.series.median'), data: steps.map((row) => hours(row.median_minutes)), itemStyle: { color: BLUE }, barMaxWidth: 14 },
      { type: 'bar', name: t('insight.series.ninetieth'), data: steps.map((row) => hours(row.ninetieth_minutes)), itemStyle: { color: PALE }, barMaxWidth: 14 },
    ],
  }
}
export const stepsTable = (steps: Handling['steps'], t: Say): Table => ({
  columns: ['step', 'events', 'medianMinutes', 'ninetiethMinutes'].map((name) => t(`insight.series.${name}`)),
  rows: steps.map((row) => [t(`insight.step.${row.step}`), row.events, row.median_minutes, row.ninetieth_minutes]),
})

export function levelsOption(levels: Alarms['levels'], t: Say): EChartsCoreOption {
  return {
    ...base, xAxis: category(levels.map((row) => t(`insight.alarmLevel.${row.level}`))), yAxis: value({ min: 0, max: 100, axisLabel: { ...text, formatter: '{value}%' } }),
    series: [
      { type: 'bar', name: t('insight.series.share'), data: levels.map((row) => percent(row.share)), itemStyle: { color: BLUE }, barMaxWidth: 40 },
      { type: 'bar', name: t('insight.series.target'), data: levels.map((row) => percent(row.target)), itemStyle: { color: 'transparent', borderColor: GREY, borderWidth: 2 }, barMaxWidth: 40 },
    ],
  }
}
