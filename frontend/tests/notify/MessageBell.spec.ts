import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import MessageBell from '@/modules/notify/components/MessageBell.vue'
import { i18n } from '@/shared/i18n'

const row = { id: 1, kind: 'order_issued', is_urgent: true, zh: '请签收', en: 'Please sign', subject_kind: 'order', subject_id: 3, created_at: '2026-11-22T06:00:00Z', read_at: null }

vi.mock('@/modules/notify/calls', () => ({
  fetchUnread: vi.fn<() => Promise<unknown>>(async () => ({ unread: 2, urgent: 1 })),
  fetchMessages: vi.fn<() => Promise<unknown>>(async () => ({ items: [row], next: null, as_of: '', epoch: '' })),
  fetchPreferences: vi.fn<() => Promise<unknown>>(async () => ({ items: [] })),
  markRead: vi.fn<() => Promise<unknown>>(async () => ({ unread: 0, urgent: 0 })),
}))

function bell() {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { template: '<i />' } }] })
  return mount(MessageBell, { attachTo: document.body, global: { plugins: [createPinia(), i18n, router, VueQueryPlugin] } })
}

describe('the bell', () => {
  it('tells how many are unread, and opens and closes the list beneath it', async () => {
    const shown = bell()
    await flushPromises()
    const button = shown.get('button.bell')
    expect(button.attributes('aria-label')).toContain('2')
    await button.trigger('click')
    await flushPromises()
    expect(shown.get('.panel').text()).toContain('请签收')
    await shown.get('.panel').trigger('pointerdown')
    expect(shown.find('.panel').exists()).toBe(true)
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    await flushPromises()
    expect(shown.find('.panel').exists()).toBe(false)
    shown.unmount()
  })

  it('closes by Escape and gives the focus back', async () => {
    const shown = bell()
    await flushPromises()
    await shown.get('button.bell').trigger('click')
    await shown.get('.messages').trigger('keydown', { key: 'Escape' })
    expect(shown.find('.panel').exists()).toBe(false)
    expect(document.activeElement).toBe(shown.get('button.bell').element)
    shown.unmount()
  })

  it('begins with the messages again after a press elsewhere has closed it', async () => {
    const shown = bell()
    await flushPromises()
    await shown.get('button.bell').trigger('click')
    await shown.get('.panel header button').trigger('click')
    expect(shown.get('.panel').classes()).toContain('broad')
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    await shown.get('button.bell').trigger('click')
    expect(shown.get('.panel').classes()).not.toContain('broad')
    shown.unmount()
  })
})
