/**
 * The wall's two camera states. A red alarm nobody has seen moves the picture to its place after three seconds,
 * unless an operator holds the camera; it returns a minute after somebody acknowledged it. Pure.
 */
import type { AlertRow } from '@/api/types'
import { isUnacknowledged } from './snapshot'

export const MOVE_AFTER_MS = 3000
export const RETURN_AFTER_MS = 60_000

export interface Scene {
  mode: 'overview' | 'incident'
  /** The alert the camera is at, or is about to go to. */
  alertId: number | null
  /** When the waiting alert was first seen here. */
  waitingSince: number | null
  /** When the alert the camera is at was found acknowledged or gone. */
  calmSince: number | null
  held: boolean
  /** A remote control sent the camera here: it stays until it is sent elsewhere. */
  sent: boolean
  /** Alerts an operator has turned away from: they do not take the camera a second time. */
  dismissed: readonly number[]
}

export const overview: Scene = { mode: 'overview', alertId: null, waitingSince: null, calmSince: null, held: false, sent: false, dismissed: [] }

const back = (scene: Scene): Scene => ({ ...overview, held: scene.held, dismissed: scene.dismissed })

function wanted(scene: Scene, alerts: readonly AlertRow[]): AlertRow | undefined {
  return alerts.find((alert) => alert.level === 1 && isUnacknowledged(alert) && !scene.dismissed.includes(alert.id))
}

/** What the scene is now, from the alerts on the wall; call it about once a second and on every change. */
export function advance(scene: Scene, alerts: readonly AlertRow[], nowMs: number): Scene {
  if (scene.held || scene.sent) return scene
  if (scene.mode === 'incident') {
    const here = alerts.find((alert) => alert.id === scene.alertId)
    if (here && isUnacknowledged(here)) return scene.calmSince === null ? scene : { ...scene, calmSince: null }
    // Somebody has seen this one: the next that nobody has seen need not wait out the minute.
    const next = wanted(scene, alerts)
    if (next) return { ...scene, alertId: next.id, calmSince: null }
    if (scene.calmSince === null) return { ...scene, calmSince: nowMs }
    return nowMs - scene.calmSince >= RETURN_AFTER_MS ? back(scene) : scene
  }
  const next = wanted(scene, alerts)
  if (!next) return scene.alertId === null ? scene : back(scene)
  if (scene.alertId !== next.id || scene.waitingSince === null) return { ...scene, alertId: next.id, waitingSince: nowMs }
  if (nowMs - scene.waitingSince < MOVE_AFTER_MS) return scene
  return { ...scene, mode: 'incident', waitingSince: null, calmSince: null }
}

/** An operator wants to see the district: of the alarms there are now none takes the camera again, a new one does. */
export const toOverview = (scene: Scene, alerts: readonly AlertRow[]): Scene => ({
  ...back(scene),
  dismissed: alerts.filter((alert) => alert.level === 1 && isUnacknowledged(alert)).map((alert) => alert.id),
})

export const toggleHold = (scene: Scene): Scene => ({ ...scene, held: !scene.held, waitingSince: null })

/** A remote control sends the camera to an alert. */
export const toAlert = (scene: Scene, alertId: number): Scene => ({ ...back(scene), mode: 'incident', alertId, sent: true })

/** The wall decides by itself again; what an operator turned away from may take the camera once more. */
export const toAuto = (scene: Scene): Scene => ({ ...overview, held: scene.held })

export const withHold = (scene: Scene, held: boolean): Scene => (scene.held === held ? scene : toggleHold(scene))
