/** The trend chart as an option, from the snapshot. Pure. */
import type { EChartsCoreOption } from 'echarts/core'
import type { HourCount, WallSnapshot } from '@/api/types'

const DARK = { data: '#37d0ff', from: 'rgba(55,208,255,0.35)', to: 'rgba(55,208,255,0.04)', mean: '#b9d2ea', text: '#a9c4e0', axis: '#2b5c8c', rule: '#16385e' }
const HALL: typeof DARK = { data: '#0b6fb8', from: 'rgba(11,111,184,0.3)', to: 'rgba(11,111,184,0.03)', mean: '#5a6d84', text: '#3d4a5c', axis: '#97a5b5', rule: '#d3d9e0' }
const HOURS = 24

function byHour(counts: readonly HourCount[]): (number | null)[] {
  const values: (number | null)[] = Array.from({ length: HOURS }, () => null)
  for (const { hour, count } of counts) values[hour] = count
  return values
}

/**
 * Today up to now. The running hour is not over: drawn as it is it would look like a fall at the start of every hour, so
 * it appears once it has reached the hour before.
 */
export function untilNow(today: readonly HourCount[]): readonly HourCount[] {
  const running = today.at(-1)
  const before = today.at(-2)
  return running && before && running.count < before.count ? today.slice(0, -1) : today
}

export function trendOption(trend: WallSnapshot['trend'], rem: number, hourLabel: (hour: number) => string, hall = false): EChartsCoreOption {
  const colours = hall ? HALL : DARK
  const fontSize = Math.round(1.8 * rem)
  const text = { color: colours.text, fontSize, fontFamily: "'Barlow Semi Condensed', 'Noto Sans SC', sans-serif" }
  return {
    grid: { left: 4.6 * rem, right: 1.4 * rem, top: 1.4 * rem, bottom: 3.5 * rem },
    xAxis: {
      type: 'category', boundaryGap: false, data: Array.from({ length: HOURS }, (_, hour) => hourLabel(hour)),
      axisLine: { lineStyle: { color: colours.axis } }, axisTick: { show: false }, axisLabel: { ...text, interval: 5, margin: 1.1 * rem },
    },
    yAxis: { type: 'value', splitNumber: 3, minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colours.rule } } },
    series: [
      {
        type: 'line', data: byHour(untilNow(trend.today)), smooth: 0.35, smoothMonotone: 'x', showSymbol: false, z: 3,
        lineStyle: { color: colours.data, width: 0.32 * rem },
        areaStyle: { color: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: colours.from }, { offset: 1, color: colours.to }] } },
      },
      {
        type: 'line', data: byHour(trend.average7), smooth: 0.35, smoothMonotone: 'x', showSymbol: false,
        lineStyle: { color: colours.mean, width: 0.2 * rem, type: 'dashed' },
      },
    ],
  }
}
