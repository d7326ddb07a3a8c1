import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/errors'
import type { TileCamera } from '@/modules/video/calls'
import VideoTile from '@/modules/video/components/VideoTile.vue'
import { i18n } from '@/shared/i18n'

const calls = vi.hoisted(() => {
  const call = () => vi.fn<(...given: unknown[]) => Promise<unknown>>()
  return { openViewing: call(), keepViewing: call(), closeViewing: call(), askPassing: call(), fetchStill: call(), fetchGround: call() }
})
const player = vi.hoisted(() => ({ start: vi.fn<() => void>(), stop: vi.fn<() => void>(), playing: { value: true }, latency: { value: 1.24 as number | null } }))
vi.mock('@/modules/video/calls', () => calls)
vi.mock('@/modules/video/composables/usePlayer', () => ({ canPlay: () => true, usePlayer: () => player }))

const camera = (fields: Partial<TileCamera> = {}): TileCamera => ({
  id: 7, code: 'K7', name: '河堤球机', area_label: '望江街道', group: '', source_kind: 'water', is_high: false, shows_ground: false, lng: 118.7, lat: 32, metres: 182, state: 'online', state_since: null,
  still_url: '/api/v1/cameras/7/still.jpg?at=1', may_watch: true, asks_purpose: false, has_sub_stream: false, can_turn: false, is_masked: false, ...fields,
})
const leave = { id: 3, camera_id: 7, ticket: 't', ticket_until: '2026-11-22T06:32:00Z', base: '/watch/7' }
const passing = (fields = {}) => ({ ok: true, passing: { state: 'live', since: '2026-11-22T06:32:00Z', tries: 0, codec: 'h264', is_playable: true, ...fields } })
const tile = (props: Record<string, unknown> = {}) =>
  mount(VideoTile, { props: { camera: camera(), number: 1, selected: false, person: '赵大屏', eventId: null, stills: null, ...props }, global: { plugins: [i18n] } })

beforeEach(() => {
  vi.useFakeTimers()
  Object.values(calls).forEach((call) => call.mockReset())
  calls.openViewing.mockResolvedValue(leave)
  calls.keepViewing.mockResolvedValue(leave)
  calls.closeViewing.mockResolvedValue(undefined)
  calls.askPassing.mockResolvedValue(passing())
  calls.fetchStill.mockResolvedValue(new Blob(['x']))
  player.latency.value = 1.24
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }))
})
afterEach(() => vi.useRealTimers())

describe('a tile', () => {
  it('plays, and says how far the picture lags and who looks at it', async () => {
    const shown = tile()
    await flushPromises()
    expect(player.start).toHaveBeenCalled()
    expect(shown.get('.chip').text()).toBe('实时 1.2s')
    expect(shown.get('header').text()).toContain('180 m')
    expect(shown.get('.watermark').text()).toContain('赵大屏')
  })

  it('says so when the picture is late', async () => {
    player.latency.value = 4.26
    const shown = tile()
    await flushPromises()
    expect(shown.get('.chip').text()).toBe('延迟 4.3s')
  })

  it('says for how long the signal is lost, and how often it was tried', async () => {
    calls.askPassing.mockResolvedValue(passing({ state: 'lost', since: new Date(Date.now() - 41_000).toISOString(), tries: 3 }))
    const shown = tile()
    await flushPromises()
    expect(shown.text()).toContain('信号中断 00:41，第 3 次重连')
  })

  it('tells a lost platform from a lost camera', async () => {
    calls.askPassing.mockResolvedValue({ ok: false, status: 0, code: 'network' })
    const shown = tile()
    await flushPromises()
    expect(shown.text()).toContain('视频服务中断 00:00，第 1 次重连')
  })

  it('shows stills, with the reason, of what browsers do not play', async () => {
    calls.askPassing.mockResolvedValue(passing({ codec: 'hevc', is_playable: false }))
    const shown = tile()
    await flushPromises()
    expect(shown.find('img').exists()).toBe(true)
    expect(shown.text()).toContain('HEVC 编码浏览器不能直接播放，每秒一张')
    await vi.advanceTimersByTimeAsync(1100)
    expect(calls.fetchStill).toHaveBeenCalledTimes(2)
  })

  it('shows the name only to who may not watch, and asks for nothing', async () => {
    const shown = tile({ camera: camera({ may_watch: false }) })
    await flushPromises()
    expect(shown.text()).toContain('河堤球机')
    expect(shown.text()).toContain('只能看到名称')
    expect(calls.openViewing).not.toHaveBeenCalled()
  })

  it('asks for a purpose first where there must be one, and sends it', async () => {
    const shown = tile({ camera: camera({ asks_purpose: true }) })
    await flushPromises()
    expect(calls.openViewing).not.toHaveBeenCalled()
    await shown.get('.message input').setValue('核实占道')
    await shown.get('form').trigger('submit')
    await flushPromises()
    expect(calls.openViewing).toHaveBeenCalledWith(7, { purpose: '核实占道', way: 'live' })
  })

  it('needs none when an event is in hand', async () => {
    tile({ camera: camera({ asks_purpose: true }), eventId: 17 })
    await flushPromises()
    expect(calls.openViewing).toHaveBeenCalledWith(7, { event_id: 17, way: 'live' })
  })

  it('goes on with its leave, and gives it back when another camera comes or it is taken away', async () => {
    const shown = tile()
    await flushPromises()
    await vi.advanceTimersByTimeAsync(20_500)
    expect(calls.keepViewing).toHaveBeenCalledWith(3, 'live')
    await shown.setProps({ camera: camera({ id: 8 }) })
    expect(calls.closeViewing).toHaveBeenCalledWith(3)
    await flushPromises()
    shown.unmount()
    expect(calls.closeViewing).toHaveBeenCalledTimes(2)
  })

  it('says what went wrong and tries again by itself', async () => {
    calls.openViewing.mockRejectedValueOnce(new ApiError(503, { code: 'unavailable', detail: '服务暂时无法访问' }))
    const shown = tile()
    await flushPromises()
    expect(shown.text()).toContain('重试')
    await vi.advanceTimersByTimeAsync(3000)
    expect(calls.openViewing).toHaveBeenCalledTimes(2)
  })

  it('takes the analysed picture where the server passes on no more', async () => {
    calls.askPassing.mockResolvedValue({ ok: false, status: 503, code: 'too_many_watched' })
    const fetched = vi.fn<(...given: unknown[]) => Promise<unknown>>().mockResolvedValue({ ok: true, blob: async () => new Blob(['x']) })
    vi.stubGlobal('fetch', fetched)
    const shown = tile()
    await flushPromises()
    expect(fetched).toHaveBeenCalledWith('/api/v1/cameras/7/still.jpg', { cache: 'no-store' })
    expect(shown.text()).toContain('服务器播放路数已满')
    vi.unstubAllGlobals()
  })

  it('proposes the low cameras at a point of a high picture, those that see it first, by mouse and by keyboard', async () => {
    const low = (id: number, in_view: boolean | null): object => ({ id, name: `低位${id}`, distance_m: 40, in_view })
    calls.fetchGround.mockResolvedValue({ items: [low(8, null), low(9, true)] })
    const shown = tile({ camera: camera({ is_high: true, shows_ground: true }) })
    await flushPromises()
    await shown.get('[data-point]').trigger('click')
    const area = shown.get('.area')
    area.element.getBoundingClientRect = () => ({ left: 0, top: 0, width: 200, height: 100 }) as DOMRect
    await area.trigger('click', { clientX: 50, clientY: 25, detail: 1 })
    await flushPromises()
    expect(calls.fetchGround.mock.calls[0]).toEqual([7, 0.25, 0.25])
    expect(shown.findAll('[data-low]').map((one) => one.attributes('data-low'))).toEqual(['9', '8'])
    await area.trigger('keydown', { key: 'ArrowRight' })
    await area.trigger('click', { detail: 0 })
    await flushPromises()
    expect(calls.fetchGround.mock.calls[1]![1]).toBeCloseTo(0.27)
    await shown.get('[data-low="9"]').trigger('click')
    expect(shown.emitted('low')).toEqual([[9]])
    expect(shown.find('.area').exists()).toBe(false)
  })

  it('says why no ground is there, and offers no point where a camera is not calibrated', async () => {
    calls.fetchGround.mockRejectedValue(new ApiError(422, { code: 'no_ground_there', detail: '推算不出地面位置' }))
    const shown = tile({ camera: camera({ is_high: true, shows_ground: true }) })
    await flushPromises()
    await shown.get('[data-point]').trigger('click')
    await shown.get('.area').trigger('click', { detail: 0 })
    await flushPromises()
    expect(shown.get('.found [role=alert]').text()).toContain('推算不出地面位置')
    expect(tile({ camera: camera({ is_high: true }) }).find('[data-point]').exists()).toBe(false)
  })

  it('plays the smaller stream while it is small, and the main one when it is made large', async () => {
    const shown = tile({ camera: camera({ has_sub_stream: true, can_turn: false }), small: true })
    await flushPromises()
    expect(calls.askPassing.mock.calls[0]![0]).toMatchObject({ base: '/watch/7/sub' })
    expect(shown.get('.tile').attributes('data-stream')).toBe('sub')
    await shown.setProps({ small: false })
    await flushPromises()
    expect(calls.askPassing.mock.lastCall![0]).toMatchObject({ base: '/watch/7' })
    expect([shown.get('.tile').attributes('data-stream'), player.stop.mock.calls.length > 0, calls.openViewing.mock.calls.length]).toEqual(['main', true, 1])
  })

  it('falls back to the main stream where the smaller one is lost, and says so', async () => {
    calls.askPassing.mockImplementation((held) => Promise.resolve((held as { base: string }).base.endsWith('/sub') ? passing({ state: 'lost', tries: 1 }) : passing()))
    const shown = tile({ camera: camera({ has_sub_stream: true, can_turn: false }), small: true })
    await flushPromises()
    expect(shown.get('.tile').attributes('data-stream')).toBe('main')
    expect(shown.get('.why').text()).toBe('子码流无信号，播放主码流')
  })

  it('plays the main stream of a camera that has no other, however small the tile', async () => {
    tile({ small: true })
    await flushPromises()
    expect(calls.askPassing.mock.calls[0]![0]).toMatchObject({ base: '/watch/7' })
  })
})
