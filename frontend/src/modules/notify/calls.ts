/** Every call about messages. */
import { body, client } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Message = Schemas['MessageRow']
export type MessagePage = Schemas['MessagePage']
export type Unread = Schemas['UnreadCount']
export type Preference = Schemas['PreferenceRow']
export type Preferences = Schemas['PreferenceList']
export type Channel = Preference['channel']
export type Mode = Preference['mode']

export const fetchMessages = (cursor?: string): Promise<MessagePage> =>
  body(client.GET('/api/v1/messages', { params: { query: { limit: 30, ...(cursor ? { cursor } : {}) } } }))
export const fetchUnread = (): Promise<Unread> => body(client.GET('/api/v1/messages/unread'))
/** Without ids all of them. */
export const markRead = (ids?: number[]): Promise<Unread> => body(client.POST('/api/v1/messages/read', { body: ids ? { ids } : {} }))
export const fetchPreferences = (): Promise<Preferences> => body(client.GET('/api/v1/messages/preferences'))
export const wish = (kind: string, channel: Channel, mode: Mode): Promise<Preferences> =>
  body(client.PUT('/api/v1/messages/preferences', { body: { items: [{ kind, channel, mode }] } }))
