import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '保存期限', title: '保存期限', what: '保存期限', tabs: '保存期限分类', tab: { days: '保存天数', holds: '证据封存', history: '修改记录' }, readOnly: '您可以查看；修改需要系统管理员',
    about: '各类影像和照片保存多少天。到期的在几分钟内自动清除，不能恢复；未办结的案件、未判定的告警和已封存的证据不清除。', empty: '还没有可设置的类别：请先在服务器上载入目录数据', field: '保存天数', days: '{days} 天', usual: '默认 {days} 天', from: '1–{most} 天',
    by: '{by} · {time}', nobody: '未修改过', edit: '修改', editOf: '修改“{name}”的保存天数', label: '“{name}”的保存天数', unit: '天', setUsual: '填入默认值', save: '保存', saveErasing: '保存，并清除 {count} 项', saving: '正在保存…', cancel: '取消', saved: '“{name}”已保存', unsaved: '有未保存的修改，离开吗？',
    fault: { whole: '请填写整数', range: '须在 {least}–{most} 之间' }, stale: { said: '内容已被他人修改，您的修改没有保存。', see: '查看最新' },
    trial: { counting: '正在统计将清除的数量…', none: '按 {days} 天：现在没有要清除的。', some: '按 {days} 天：现在会清除 {count} 项{size}，不能恢复。', now: '按现行天数：{count} 项{size}。', size: '（约 {megabytes} MB）', failed: '统计不出将清除多少，请稍后再试。' },
    holds: {
      about: '封存后，该案件（含并入的案件）或告警的影像和照片不再到期清除，直到解除。', empty: '没有封存的证据', of: '封存什么', event: '案件，按案卷号', alert: '告警，按编号', number: '案卷号', alertId: '告警编号', reason: '封存事由', hold: '封存', holding: '正在封存…', held: '已封存', release: '解除', releaseOf: '解除“{name}”的封存', sure: '确认解除', keep: '不解除', inForce: '封存中', over: '已解除 · {by} · {time}', by: '{by} · {time}',
      alertName: '告警 {id}', notFound: '没有这个编号的案件或告警，或不在您的辖区内。', need: '请填写编号和事由',
    },
    history: { empty: '还没有修改', when: '时间', who: '谁', what: '哪一类', changed: '改了什么', from: '{before} 天 → {after} 天', to: '{after} 天', system: '系统' },
  },
  en: {
    nav: 'Keeping', title: 'How long recordings are kept', what: 'The days of keeping', tabs: 'Parts of this page', tab: { days: 'Days', holds: 'Held evidence', history: 'Changes' }, readOnly: 'You may look; changing takes the system administrator',
    about: 'For how many days pictures, clips and photos are kept, by kind. What is past its days goes within minutes, for good; what belongs to open cases, to alerts nobody has decided, or is held as evidence stays.', empty: 'There are no kinds yet: load the catalogue on the server first', field: 'Days', days: '{days} days',
    usual: 'usually {days}', from: '1–{most}', by: '{by} · {time}', nobody: 'never set', edit: 'Change', editOf: 'Change the days of “{name}”', label: 'Days of “{name}”', unit: 'days', setUsual: 'Fill in the usual', save: 'Save', saveErasing: 'Save and erase {count}', saving: 'Saving…', cancel: 'Cancel', saved: '“{name}” is saved',
    unsaved: 'There are unsaved changes. Leave?', fault: { whole: 'A whole number is needed', range: 'Between {least} and {most}' }, stale: { said: 'Somebody changed this meanwhile; your change was not saved.', see: 'See the newest' },
    trial: { counting: 'Counting what would go…', none: 'With {days} days: nothing would go now.', some: 'With {days} days: {count} would go now{size}, for good.', now: 'By the days in force: {count}{size}.', size: ' (about {megabytes} MB)', failed: 'What would go cannot be counted now. Try again in a moment.' },
    holds: {
      about: 'Pictures, clips and photos of a held case (with what was merged into it) or alert do not go when their days are over, until it is let go.', empty: 'Nothing is held', of: 'What is held', event: 'A case, by its number', alert: 'An alert, by its number', number: 'Case number', alertId: 'Alert number', reason: 'Why', hold: 'Hold', holding: 'Holding…', held: 'It is held', release: 'Let go', releaseOf: 'Let “{name}” go', sure: 'Yes, let it go', keep: 'Keep',
      inForce: 'held', over: 'let go · {by} · {time}', by: '{by} · {time}', alertName: 'Alert {id}', notFound: 'There is no case or alert of this number, or not in your area.', need: 'A number and a reason are needed',
    },
    history: { empty: 'Nothing was changed yet', when: 'When', who: 'Who', what: 'Which kind', changed: 'What', from: '{before} → {after} days', to: '{after} days', system: 'the system' },
  },
}

export default messages
