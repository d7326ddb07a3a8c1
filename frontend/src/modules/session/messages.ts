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
    show: '显示',
    hide: '隐藏',
    capsLock: '大写锁定已打开，请检查密码的大小写。',
    platform: '一网统管 · 城市运行指挥调度',
    help: '忘记密码或账号被锁定，请联系本单位系统管理员。',
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
    show: 'Show',
    hide: 'Hide',
    capsLock: 'Caps Lock is on: check the capitals in your password.',
    platform: 'Yiwang · municipal command and dispatch',
    help: 'Forgotten your password or locked out? Ask your system administrator.',
  },
}

export default messages
