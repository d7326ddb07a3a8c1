import { expect, test } from 'vitest'
import { isTyping } from '@/modules/casework/typing'
import { commandOf, type KeyContext } from '@/modules/desk/keys'

const idle: KeyContext = { typing: false, onControl: false, letters: true }
const press = (code: string, changes: Partial<KeyboardEvent> = {}) => new KeyboardEvent('keydown', { code, key: code, ...changes } as KeyboardEventInit)

test('the keys of the desk', () => {
  const codes = ['KeyJ', 'KeyK', 'ArrowDown', 'ArrowUp', 'Enter', 'F2', 'KeyS', 'F4', 'F8', 'Slash', 'Escape', 'KeyY', 'KeyN', 'KeyX']
  expect(codes.map((code) => commandOf(press(code), idle))).toEqual([
    'next', 'previous', 'next', 'previous', 'open', 'acknowledge', 'silence', 'report', 'main', 'search', 'back', 'genuine', 'false_alarm', 'tick',
  ])
})

test('a question mark asks for help on any layout', () => {
  expect(commandOf(press('Minus', { key: '?', shiftKey: true }), idle)).toBe('help')
})

test('letters belong to the text while somebody types, function keys and Escape do not', () => {
  const typing = { ...idle, typing: true }
  expect(['KeyJ', 'KeyY', 'ArrowDown', 'Enter', 'F2', 'Escape'].map((code) => commandOf(press(code), typing))).toEqual([
    null, null, null, null, 'acknowledge', 'back',
  ])
})

test('nothing is a command while an input method composes a word', () => {
  expect(commandOf(press('KeyJ', { isComposing: true }), idle)).toBeNull()
  expect(commandOf(press('F2', { key: 'Process' }), idle)).toBeNull()
})

test('combinations with Ctrl, Alt and Meta are the browser’s', () => {
  expect(['ctrlKey', 'altKey', 'metaKey'].map((name) => commandOf(press('KeyJ', { [name]: true }), idle))).toEqual([null, null, null])
})

test('letters can be turned off', () => {
  expect(commandOf(press('KeyY'), { ...idle, letters: false })).toBeNull()
  expect(commandOf(press('ArrowDown'), { ...idle, letters: false })).toBe('next')
})

test('a key held down walks the list and answers nothing twice', () => {
  expect([commandOf(press('KeyJ', { repeat: true }), idle), commandOf(press('KeyY', { repeat: true }), idle), commandOf(press('F2', { repeat: true }), idle)]).toEqual([
    'next', null, null,
  ])
})

test('Enter presses the button it stands on', () => {
  expect(commandOf(press('Enter'), { ...idle, onControl: true })).toBeNull()
})

test('a checkbox is not a place to type in', () => {
  const box = document.createElement('input')
  box.type = 'checkbox'
  expect([isTyping(box), isTyping(document.createElement('textarea')), isTyping(document.createElement('input')), isTyping(null)]).toEqual([false, true, true, false])
})

test('F9 calls whoever is chosen, also from a field, and G D gives the map its window', () => {
  expect([commandOf(press('F9'), idle), commandOf(press('F9'), { ...idle, typing: true }), commandOf(press('F9', { repeat: true }), idle)]).toEqual(['call', 'call', null])
  expect([commandOf(press('KeyD'), { ...idle, going: true }), commandOf(press('KeyD'), idle)]).toEqual(['map_window', null])
})
