import { computed, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { EventDetail, Responder } from '@/api/types'
import { useSession } from '@/modules/session/store'
import type { CallResult } from '../calls'

interface Desk { event: Ref<EventDetail | null>; responders: Ref<Responder[]>; chosen: Ref<number | null>; say(text: string): void; made(answer: EventDetail): void }

/** Telephoning whoever is chosen, about the case on the screen. */
export function useCalling(desk: Desk) {
  const { t } = useI18n()
  const session = useSession()
  const calling = shallowRef<{ event: EventDetail; responder: { id: number; name: string } } | null>(null)
  const mayCall = computed(() => desk.event.value !== null && desk.event.value.due_kind !== '' && session.hasAny(['acceptor', 'dispatcher', 'duty_chief']))

  function call(): void {
    const responder = desk.responders.value.find((one) => one.id === desk.chosen.value)
    if (desk.event.value === null) desk.say(t('desk.call.noEvent'))
    else if (responder === undefined) desk.say(t('desk.call.none'))
    else calling.value = { event: desk.event.value, responder }
  }
  function said(answer: EventDetail, outcome: CallResult): void {
    desk.made(answer)
    desk.say(t('desk.call.said', { name: calling.value?.responder.name ?? '', outcome: t(`casework.call.${outcome}`) }))
  }
  return { calling, mayCall, call, said }
}
