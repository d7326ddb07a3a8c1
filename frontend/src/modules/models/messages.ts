import type { ModuleMessages } from '@/shared/i18n/collect'

const messages: ModuleMessages = {
  zh: {
    nav: '模型', title: '检测模型', what: '模型', shipped: '随平台提供', own: '自有模型', none: '还没有自有模型。', about: '这里列出摄像机用来“看”的模型：看什么、凭什么许可使用、在本机跑多快、现在由谁运行。',
    readOnly: '您可以查看；增改模型需要系统管理员。', add: '上传自有模型', close: '收起', cancel: '取消', details: '详情', classes: '类别', licence: '许可证', source: '来源', purposeTitle: '用途', speed: '本机速度', running: '正在运行', nowhere: '当前没有进程使用', everywhere: '全部',
    purpose: { detector: '目标检测', faces: '人脸遮挡', text_boxes: '车牌定位', plate_text: '车牌识读' },
    state: { ready: '就绪', missing: '缺失', not_accepted: '未选用', awaiting: '待上传', trying: '试运行中', tried: '试运行通过', refused: '未通过', on: '启用' },
    milliseconds: '每帧 {ms} 毫秒', unmeasured: '未测', checksum: '校验和 {sum}', size: '{mb} MB', sentBy: '{name} 上传', optIn: '需选用', offered: '可选', notAccepted: '仅在本单位接受 {licence} 后获取和使用：设置 MODEL_LICENCES={licence}，再运行 manage.py fetch_models {name}。', notThere: '尚未获取：运行 manage.py fetch_models {name}。',
    providers: {
      title: '由什么运行', about: '由配置 VIDEO_PROVIDERS 按先后选用，前一种不可用时退到后一种。', cpu: '处理器（CPU）', cuda: '英伟达显卡（CUDA）', openvino: 'OpenVINO',
      state: { running: '正在使用', asked: '已配置，尚无进程回报', missing: '已配置但本机没有', not_asked: '未配置' }, install: '需安装 {package}',
    },
    uses: {
      title: '谁用哪个模型', about: '不选就用默认模型；同一个类别词在一台摄像机上只由一个模型回答。改动几秒内生效。', algorithm: '算法', model: '模型', usual: '默认（{name}）', all: '全部算法', site: '全平台', camera: '摄像机', perCamera: '单台摄像机的选择', remove: '取消', saved: '已保存',
    },
    shadows: {
      title: '模型试运行（影子运行）', about: '候选模型在同一台摄像机上看其中一部分画面，只对比、不告警；忙时先让出，绝不拖慢正式分析。', find: '查找摄像机', camera: '摄像机', model: '候选模型', every: '每几帧看一帧', choose: '请选择', start: '开始试运行', stop: '结束', report: '对比', none: '没有模型在试运行。',
      going: '试运行中 · 每 {every} 帧看一帧 · 已对比 {looks} 帧，让出 {dropped} 帧', ended: '已结束 · 共对比 {looks} 帧，让出 {dropped} 帧', nothing: '还没有可对比的画面：分析进程几秒内开始。', speed: '候选模型平均每帧 {ms} 毫秒，共 {looks} 帧', boxes: '同样画面中的目标框（重叠一半以上算一致）', what: '目标', now: '正式', candidate: '候选', both: '两者一致', share: '一致率', all: '合计',
      zones: '按同样画面各自会报的次数', zone: '监测区域', onlyNow: '只有正式', onlyCandidate: '只有候选', kind: { person: '人', vehicle: '机动车', 'two-wheeler': '两轮车', dog: '狗', bare_head: '未戴帽的头', hard_hat: '安全帽' },
    },
    form: {
      title: '登记模型', edit: '修改“{name}”', file: 'ONNX 文件', fileHint: '单个 .onnx 文件，不超过 {mb} MB；含外部数据、自定义算子或 pickle 的文件会被拒绝。', tooLarge: '该文件有 {size} MB，超过上限 {mb} MB，不会上传。请导出更小的模型。', notOnnx: '请选择 .onnx 文件。', name: '名称', labels: '类别词', labelsHint: '按模型输出的顺序，用逗号分开，用规则认识的小写英文（person, car, truck, bare_head…）；不用的类别写“-”。',
      licence: '许可证', licenceHint: '如 Apache-2.0。著佐权许可（AGPL 等）请先确认本单位可以使用。', origin: '来源说明', layout: '输出布局', layoutAuto: '自动识别', colour: '颜色顺序', scale: '像素取值', usual: '按布局的惯例', size: '输入尺寸（模型未固定时）', width: '宽', height: '高', threshold: '最低置信度',
      stretched: '画面拉伸到输入尺寸（训练时如此才选）', calibrate: '用本地画面做 int8 校准（更快；与原模型一致率不足 90% 时不采用）', more: '更多', send: '上传并试运行', again: '保存并试运行', sending: '正在上传 {percent}%', saving: '正在保存…',
      layouts: { yolox: 'YOLOX', yolox_decoded: 'YOLOX（已解码）', yolov8: 'YOLOv8 式', nanodet: 'NanoDet', ssd: 'SSD（比例坐标）', ssd_pixels: 'SSD（像素坐标）' }, colours: { bgr: 'BGR', rgb: 'RGB' }, scales: { bytes: '0–255', unit: '0–1', imagenet: 'ImageNet 均值方差' },
    },
    trial: {
      title: '试运行', waiting: '正在独立进程中试运行，通常不到一分钟。', on: '看了 {count} 张本地画面，找到 {found} 处', nothing: '在 {count} 张画面里什么也没找到：请核对布局、类别词和像素取值后再启用。', layout: '布局 {layout}，输入 {width}×{height}', int8: 'int8：与原模型一致 {percent}%，{full} → {small} 毫秒', int8No: 'int8 未采用（一致 {percent}%）', int8Failed: 'int8 未能生成，使用原模型', hidden: '画面中的人脸已遮挡。', notHidden: '人脸遮挡模型未就绪，不保存试运行画面。', picture: '第 {number} 张试运行画面：{count} 处', noBoxes: '未找到目标',
      switchOn: '启用', switchOff: '停用', again: '重新试运行', edit: '修改', send: '重新上传', remove: '删除', sure: '删除模型“{name}”和它的文件？',
    },
    reason: {
      pickle_inside: '文件里有 pickle（如 PyTorch 权重），读取时可能执行代码，因此拒绝。请在训练环境导出为 ONNX。', not_onnx: '不是可以读取的 ONNX 文件。请重新导出，并确认下载完整。', external_data: '权重存放在另一个文件里。请导出为包含权重的单个文件。', custom_ops: '含有 ONNX 以外的算子。请用标准算子导出。', wrong_input: '输入不是一张彩色图片。请导出单一图片输入（1×3×高×宽）。',
      too_old: 'ONNX 版本太旧。请用 opset 17 重新导出。', unknown_layout: '输出与所选布局或类别数不符。请核对类别词的个数和布局。', does_not_run: '模型不能运行。请在训练环境用 ONNX Runtime 验证后再上传。', too_slow: '试运行超时，模型过大或陷入循环。', too_much_memory: '试运行占用内存过多。', nothing_sent: '没有收到文件内容。', cut_off: '上传中断，文件没有收全，原来的文件不变。请检查网络后重新上传。',
    },
  },
  en: {
    nav: 'Models', title: 'Detection models', what: 'models', shipped: 'Shipped with the platform', own: 'Your own', none: 'No model of your own yet.', about: 'The models that cameras see with: what they see, under which licence, how fast they are on this machine, and where they run just now.',
    readOnly: 'You may look. Models are added and changed by a system administrator.', add: 'Send your own model', close: 'Close', cancel: 'Cancel', details: 'Details', classes: 'Classes', licence: 'Licence', source: 'Source', purposeTitle: 'Purpose', speed: 'Speed here', running: 'Running', nowhere: 'No process uses it just now', everywhere: 'All',
    purpose: { detector: 'Detection', faces: 'Hiding faces', text_boxes: 'Finding plates', plate_text: 'Reading plates' },
    state: { ready: 'Ready', missing: 'Missing', not_accepted: 'Not chosen', awaiting: 'File awaited', trying: 'Being tried', tried: 'Tried', refused: 'Refused', on: 'On' },
    milliseconds: '{ms} ms a picture', unmeasured: 'Not measured', checksum: 'Checksum {sum}', size: '{mb} MB', sentBy: 'Sent by {name}', optIn: 'Opt-in', offered: 'Offered', notAccepted: 'Fetched and used only where the site accepts {licence}: set MODEL_LICENCES={licence}, then run manage.py fetch_models {name}.', notThere: 'Not fetched yet: run manage.py fetch_models {name}.',
    providers: {
      title: 'What runs them', about: 'Chosen in order by the setting VIDEO_PROVIDERS; where the first is not there, the next one is taken.', cpu: 'Processor (CPU)', cuda: 'NVIDIA card (CUDA)', openvino: 'OpenVINO',
      state: { running: 'In use', asked: 'Configured; no process has reported yet', missing: 'Configured, but not on this machine', not_asked: 'Not configured' }, install: 'needs {package}',
    },
    uses: {
      title: 'Who uses which model', about: 'Without a choice the default is used. On one camera a class has one model that answers for it. A change takes effect within seconds.', algorithm: 'Algorithm', model: 'Model', usual: 'Default ({name})', all: 'All algorithms', site: 'Whole site', camera: 'Camera', perCamera: 'Choices for single cameras', remove: 'Take back', saved: 'Saved',
    },
    shadows: {
      title: 'Models on trial (shadow mode)', about: 'A candidate looks at a share of the same camera’s pictures. It is compared and raises nothing; where time is short it gives way first and holds nothing up.', find: 'Find a camera', camera: 'Camera', model: 'Candidate', every: 'One picture in', choose: 'Choose', start: 'Start the trial', stop: 'End', report: 'Comparison', none: 'No model is on trial.',
      going: 'On trial · one picture in {every} · {looks} compared, {dropped} passed over', ended: 'Ended · {looks} pictures compared, {dropped} passed over', nothing: 'Nothing to compare yet: the worker begins within seconds.', speed: 'The candidate took {ms} ms a picture, over {looks} pictures', boxes: 'Boxes in the same pictures (the same when they overlap by half)', what: 'What', now: 'In use', candidate: 'Candidate', both: 'Both', share: 'Agreement', all: 'All',
      zones: 'How often each would have raised it, from the same pictures', zone: 'Zone', onlyNow: 'In use only', onlyCandidate: 'Candidate only', kind: { person: 'Person', vehicle: 'Vehicle', 'two-wheeler': 'Two-wheeler', dog: 'Dog', bare_head: 'Bare head', hard_hat: 'Hard hat' },
    },
    form: {
      title: 'Tell of a model', edit: 'Change “{name}”', file: 'ONNX file', fileHint: 'One .onnx file of at most {mb} MB. Files with external data, custom operations or a pickle are refused.', tooLarge: 'The file has {size} MB, more than the {mb} MB that are taken; it is not sent. Export a smaller model.', notOnnx: 'Choose an .onnx file.', name: 'Name', labels: 'Classes', labelsHint: 'In the order of the model’s outputs, parted by commas, in words that the rules know (person, car, truck, bare_head…). Write “-” for a class that is left out.',
      licence: 'Licence', licenceHint: 'For instance Apache-2.0. Make sure first that you may use a copyleft licence such as the AGPL.', origin: 'Where it comes from', layout: 'Output layout', layoutAuto: 'Recognise', colour: 'Colour order', scale: 'Pixel values', usual: 'As usual for the layout', size: 'Input size (where the model leaves it open)', width: 'Width', height: 'Height', threshold: 'Least confidence',
      stretched: 'Pull pictures to the input’s shape (only if it was trained so)', calibrate: 'Make an int8 version on your own pictures (faster; left aside where it agrees with less than 90 %)', more: 'More', send: 'Send and try', again: 'Save and try', sending: 'Sending {percent} %', saving: 'Saving…',
      layouts: { yolox: 'YOLOX', yolox_decoded: 'YOLOX (decoded)', yolov8: 'YOLOv8 style', nanodet: 'NanoDet', ssd: 'SSD (fractions)', ssd_pixels: 'SSD (pixels)' }, colours: { bgr: 'BGR', rgb: 'RGB' }, scales: { bytes: '0–255', unit: '0–1', imagenet: 'ImageNet mean and deviation' },
    },
    trial: {
      title: 'Trial', waiting: 'It is being tried in a process of its own, as a rule for less than a minute.', on: 'Looked at {count} pictures of yours and found {found}', nothing: 'It found nothing in {count} pictures: check layout, classes and pixel values before you switch it on.', layout: 'Layout {layout}, input {width} × {height}', int8: 'int8: {percent} % the same, {full} → {small} ms', int8No: 'int8 left aside ({percent} % the same)', int8Failed: 'int8 could not be made; the full model is used', hidden: 'Faces in the pictures are hidden.', notHidden: 'The model that hides faces is not ready, so no pictures are kept.', picture: 'Trial picture {number}: {count} found', noBoxes: 'Nothing found',
      switchOn: 'Switch on', switchOff: 'Switch off', again: 'Try again', edit: 'Change', send: 'Send anew', remove: 'Remove', sure: 'Remove the model “{name}” and its files?',
    },
    reason: {
      pickle_inside: 'There is a pickle inside (PyTorch weights, for instance). Reading one can run code, so it is refused. Export to ONNX where the model was trained.', not_onnx: 'It cannot be read as ONNX. Export it anew, and make sure that it was copied whole.', external_data: 'Its weights lie in another file. Export one file with the weights in it.', custom_ops: 'It uses operations that are not part of ONNX. Export it with standard ones.', wrong_input: 'Its input is not one colour picture. Export it with one picture as input (1 × 3 × height × width).',
      too_old: 'Its ONNX version is too old. Export it with opset 17.', unknown_layout: 'Its outputs do not fit the layout or the number of classes. Check the classes and the layout.', does_not_run: 'It does not run. Check it with ONNX Runtime where it was trained, then send it again.', too_slow: 'The trial took too long: the model is too large, or never ends.', too_much_memory: 'The trial took too much memory.', nothing_sent: 'No file came in.', cut_off: 'The upload broke off: not all of the file came, and the one before stays. Send it again.',
    },
  },
}

export default messages
