import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    title: '登录',
    username: '用户名',
    password: '密码',
    signIn: '登录',
    signingIn: '正在登录…',
    again: '请重新登录',
    againSession: '登录已过期。页面和您填写的内容都保留着，登录后继续。',
    againRights: '您的权限有变动，请重新登录后继续。',
    other: '换账号登录',
  },
  en: {
    title: 'Sign in',
    username: 'User name',
    password: 'Password',
    signIn: 'Sign in',
    signingIn: 'Signing in…',
    again: 'Please sign in again',
    againSession: 'Your session has ended. The page and what you typed are kept; sign in to go on.',
    againRights: 'Your rights have changed. Please sign in again to go on.',
    other: 'Use another account',
  },
}

export default messages
