/** What a camera that answered discovery tells of itself, as the beginning of its form. Pure. */
import type { FoundCamera, FoundStream } from './calls'
import type { Start } from './form'

const placeOf = (address: string): string => {
  try {
    // The scheme of RTSP has no host of its own in every browser.
    return new URL(address.replace(/^rtsps?:/, 'http:')).host
  } catch {
    return ''
  }
}
const hostOf = (address: string): string => placeOf(address).replace(/:\d+$/, '')

/** `chosen` becomes the stream; the smallest other one at the same place its sub-stream; its head is at the service
 *  that answered, where that is at the same host. */
export function startOf(camera: FoundCamera, chosen: FoundStream, streams: readonly FoundStream[], login: { user: string; password: string }): Start {
  const area = (one: FoundStream): number => one.width * one.height
  const smaller = streams.filter((one) => one.address !== chosen.address && area(one) > 0 && area(one) < area(chosen) && placeOf(one.address) === placeOf(chosen.address))
  const sub = smaller.sort((a, b) => area(a) - area(b))[0]
  const turns = streams.some((one) => one.can_turn) && hostOf(camera.service) === hostOf(chosen.address)
  return { name: camera.name || camera.host, stream_url: chosen.address, sub_stream_url: sub?.address ?? '', can_turn: turns, control_url: turns ? camera.service : '', ...login }
}
