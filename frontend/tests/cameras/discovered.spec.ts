import { describe, expect, it } from 'vitest'
import type { FoundCamera, FoundStream } from '@/modules/cameras/calls'
import { startOf } from '@/modules/cameras/discovered'

const camera: FoundCamera = { service: 'http://10.0.0.5/onvif/device_service', host: '10.0.0.5', name: '河堤', hardware: '', camera_code: null }
const stream = (address: string, width: number, can_turn = false): FoundStream => ({ profile: 'p', address, codec: 'H264', width, height: width / 2, can_turn })
const login = { user: 'u', password: 'p' }

describe('a camera that answered discovery', () => {
  it('brings its smallest other stream at the same place as its sub-stream, and its head', () => {
    const [main, middle, small] = [stream('rtsp://10.0.0.5:554/1', 2560, true), stream('rtsp://10.0.0.5:554/2', 1280), stream('rtsp://10.0.0.5:554/3', 640)]
    const started = startOf(camera, main, [main, middle, small], login)
    expect(started).toMatchObject({ stream_url: main.address, sub_stream_url: small.address, can_turn: true, control_url: camera.service, user: 'u' })
  })

  it('brings none from another host, where its login must not go', () => {
    const [main, small] = [stream('rtsp://192.168.1.64/1', 2560, true), stream('rtsp://10.0.0.5/3', 640)]
    expect(startOf(camera, main, [main, small], login)).toMatchObject({ sub_stream_url: '', can_turn: false, control_url: '' })
  })
})
