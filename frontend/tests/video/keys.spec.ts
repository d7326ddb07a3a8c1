import { describe, expect, it } from 'vitest'
import { askedFor, pinFrom } from '@/modules/video/composables/useFinder'
import { commandOf } from '@/modules/video/keys'

const press = (code: string, more: Partial<KeyboardEvent> = {}) =>
  commandOf({ code, key: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false, repeat: false, ...more }, { typing: false, onControl: false })

describe('the keys of the video page', () => {
  it('move, choose, tour, capture and step', () => {
    expect(press('ArrowLeft')).toEqual({ do: 'move', direction: 'left' })
    expect(press('Digit3')).toEqual({ do: 'preset', number: 3 })
    expect(press('Numpad9')).toEqual({ do: 'preset', number: 9 })
    expect([press('KeyP'), press('KeyC'), press('BracketLeft'), press('BracketRight'), press('Enter')].map((command) => command?.do)).toEqual(['tour', 'capture', 'previous', 'next', 'maximise'])
  })
  it('leave the browser its own, and an input method its letters', () => {
    expect([press('KeyC', { ctrlKey: true }), press('KeyP', { isComposing: true }), press('Digit0'), press('F5')]).toEqual([null, null, null, null])
  })
  it('belong to the text while somebody types, and Enter to the button it stands on', () => {
    const event = { code: 'KeyC', key: 'c', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false, repeat: false }
    expect(commandOf(event, { typing: true, onControl: false })).toBeNull()
    expect(commandOf({ ...event, code: 'Enter' }, { typing: false, onControl: true })).toBeNull()
  })
  it('do not start a capture again while the key is held', () => expect(press('KeyC', { repeat: true })).toBeNull())
})

describe('what the finder asks', () => {
  it('is nothing until something was chosen', () => {
    expect(askedFor('', 'area', null, null, null)).toBeNull()
    expect(askedFor('', 'near', null, null, null)).toBeNull()
  })
  it('is words before everything else', () => expect(askedFor(' 河堤 ', 'area', 'x', null, null)).toEqual({ q: '河堤', limit: 100 }))
  it('is a branch, a group, or nearness', () => {
    expect(askedFor('', 'area', '330100.1', null, null)).toEqual({ area: '330100.1', limit: 200 })
    expect(askedFor('', 'group', '4', null, null)).toEqual({ group: 4, limit: 200 })
    expect(askedFor('', 'near', null, 17, null)).toEqual({ event: 17, limit: 40 })
    expect(askedFor('', 'near', null, 17, { lng: 118.7, lat: 32 })).toEqual({ lng: 118.7, lat: 32, limit: 40 })
  })
  it('begins at a place in the address, if it is one', () => {
    expect(pinFrom('118.72,32.01')).toEqual({ lng: 118.72, lat: 32.01 })
    expect([pinFrom('x,1'), pinFrom('1'), pinFrom('200,1'), pinFrom(undefined), pinFrom('1,2,3')]).toEqual([null, null, null, null, null])
  })

  it('turns the head of the selected camera with Shift, and nothing without it', () => {
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ do: 'turn', motion: { pan: -0.5 } })
    expect(press('Equal', { shiftKey: true, key: '+' })).toEqual({ do: 'turn', motion: { zoom: 0.5 } })
    expect(press('Minus', { shiftKey: true, key: '_' })).toEqual({ do: 'turn', motion: { zoom: -0.5 } })
    expect(press('Minus')).toBeNull()
    expect(press('KeyC', { shiftKey: true })).toBeNull()
  })
})
