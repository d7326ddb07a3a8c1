import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref } from 'vue'

use([LineChart, GridComponent, CanvasRenderer])

/** One chart for the life of the component: updated by its option, resized with its box, disposed with the component. */
export function useChart(box: Readonly<Ref<HTMLElement | null>>, option: Readonly<Ref<EChartsCoreOption>>): void {
  const chart = shallowRef<ECharts | null>(null)
  let watcher: ResizeObserver | null = null

  onMounted(() => {
    if (box.value === null) return
    chart.value = init(box.value, undefined, { renderer: 'canvas' })
    chart.value.setOption({ animation: false, ...option.value })
    watcher = new ResizeObserver(() => chart.value?.resize())
    watcher.observe(box.value)
    // Canvas text is drawn once: again when the page's own fonts have come.
    void document.fonts?.ready.then(() => chart.value?.setOption({ animation: false, ...option.value }))
  })
  watch(option, (next) => chart.value?.setOption({ animation: false, ...next }, { notMerge: true }))
  onBeforeUnmount(() => {
    watcher?.disconnect()
    chart.value?.dispose()
  })
}
