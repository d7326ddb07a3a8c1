import { expect, test } from 'vitest'
import { outOf } from '@/modules/alarms/shelf'
import { alertRow } from '../desk/rows'

const camera = { source: 'video', rule: 'zone:person', subject_kind: 'camera', subject_id: 7, label: '荷花社区 东门' }
const sensor = { source: 'sensor', rule: 'smoke', subject_kind: 'device', subject_id: 7, label: '烟感 · 望江街道' }

test('an alert of a camera and rule that are out of service is known by them', () => {
  const alert = alertRow({ source: 'video', rule: 'zone:person', camera_id: 7 })
  expect(outOf(alert, [sensor, camera])).toBe(camera)
  expect(outOf({ ...alert, camera_id: 8 }, [camera])).toBeUndefined()
  expect(outOf({ ...alert, rule: 'zone:car' }, [camera])).toBeUndefined()
})

test('without a camera the alert is known by what it is about', () => {
  const alert = alertRow({ source: 'sensor', rule: 'smoke', camera_id: null, title: '烟感 · 望江街道' })
  expect(outOf(alert, [camera, sensor])).toBe(sensor)
  expect(outOf({ ...alert, title: '烟感 · 云台街道' }, [sensor])).toBeUndefined()
})
