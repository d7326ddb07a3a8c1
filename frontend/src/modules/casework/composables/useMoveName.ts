import { useI18n } from 'vue-i18n'

/** The name of a move or post in the page's language; one that the page does not know keeps the name the back end gave it. */
export function useMoveName() {
  const { t, te } = useI18n()
  const moveName = (move: string, label?: string): string => (te(`casework.move.${move}`) ? t(`casework.move.${move}`) : label || move)
  const postName = (role: string | null): string => {
    if (role === null || role === '') return ''
    if (te(`role.${role}`)) return t(`role.${role}`)
    return te(`casework.post.${role}`) ? t(`casework.post.${role}`) : role
  }
  const dismissalName = (reason: string): string => (te(`casework.dismissal.${reason}`) ? t(`casework.dismissal.${reason}`) : reason)
  return { moveName, postName, dismissalName }
}
