import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { ApiError } from '@/api/errors'
import { onSessionExpired, speakLanguage } from '@/api/transport'
import { useLiveStore } from '@/live'
import { useSession } from '@/modules/session/store'
import { currentLanguage, i18n, switchLanguage } from '@/shared/i18n'
import '@/shared/styles/index.css'
import App from './App.vue'
import { renewGround } from './ground'
import { queryClient } from './queryClient'
import { makeRouter } from './router'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.use(VueQueryPlugin, { queryClient })

const session = useSession()
const live = useLiveStore()

switchLanguage(currentLanguage())
speakLanguage(currentLanguage)
onSessionExpired(async () => {
  // Nobody has sat down yet: there is no page to keep, the router leads to sign-in.
  if (session.user === null) throw new ApiError(401, { code: 'not_signed_in' })
  await session.askSignIn('session')
})
live.askSignIn = (reason) => void session.askSignIn(reason).then(live.resume)
live.onRefetch(() => void queryClient.invalidateQueries())
renewGround(live, queryClient)

app.use(makeRouter(session))
app.mount('#app')
