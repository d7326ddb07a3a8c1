/** The few words on the map field, in the page's language. */
const ZH = {
  draw: '重新绘制', add: '增加一块', undo: '撤销', clear: '清空', text: '坐标文本',
  drawing: '在地图上依次点击各顶点，双击完成。', editing: '拖动顶点移界；拖动边中点增加顶点；点选顶点后按 Delete 删除。',
  point: '点击地图放置位置。', crossed: '边线自相交：请移动圈出位置附近的顶点。', missing: '此浏览器不支持 WebGL，请直接编辑坐标文本。',
}
const EN: typeof ZH = {
  draw: 'Draw anew', add: 'Add a part', undo: 'Undo', clear: 'Clear', text: 'Coordinates',
  drawing: 'Click the corners one after the other, double-click to finish.',
  editing: 'Drag corners; drag a middle handle to add one; select a corner and press Delete to remove it.',
  point: 'Click the map to place the point.', crossed: 'The outline crosses itself: move the corners near the ring.',
  missing: 'This browser has no WebGL. Edit the coordinates as text.',
}

export type Words = typeof ZH
export const wordsFor = (language: string): Words => (language.toLowerCase().startsWith('en') ? EN : ZH)
