import { createApp } from 'vue'
import CitizenApp from './CitizenApp.vue'
import './citizen.css'
import { language, speak } from './words'

speak(language.value)
createApp(CitizenApp).mount('#app')
