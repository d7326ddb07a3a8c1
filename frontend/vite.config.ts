import vue from '@vitejs/plugin-vue'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Every supported browser reads woff2: the woff fallbacks would double the font files of the build. */
function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@fontsource') || !id.split('?')[0]!.endsWith('.css')) return null
      return code.replace(/, url\([^)]+\.woff\) format\('woff'\)/g, '')
    },
  }
}

/** The citizens' page is an entry of its own; the front leads its addresses there, and so does the development server. */
function citizensPage(): Plugin {
  return {
    name: 'citizens-page',
    configureServer(server) {
      server.middlewares.use((request, _answer, next) => {
        if (/^\/report(\/|\?|$)/.test(request.url ?? '')) request.url = '/report.html'
        next()
      })
    },
  }
}

/** Where `npm run dev` finds the platform; `YIWANG_BACKEND` and `YIWANG_LIVE` point it elsewhere. */
const backend = process.env.YIWANG_BACKEND ?? 'http://127.0.0.1:8000'
const live = process.env.YIWANG_LIVE ?? backend
/** Pages of this application that stand beside the administration of the database. */
const ownPage = (request: { url?: string }): string | undefined => (/^\/admin\/(grids|grids\/import|responsibility|duty-zones|routing|catalogue|deadlines|retention|rules|walls|scenes|components|cameras|models|algorithms|cameras\/\d+\/zones|algorithms\/[a-z_]+)(\?|$)/.test(request.url ?? '') ? '/index.html' : undefined)
/** Tests that put something else in a module's place need a world of their own; the others share one, which is seven times faster. */
const here = fileURLToPath(new URL('.', import.meta.url))
const replacing = globSync('tests/**/*.spec.ts', { cwd: here }).filter((file) => /\bvi\.(doM|m)ock\(/.test(readFileSync(here + file, 'utf8')))
const served = ['/api', '/admin', '/media', '/tiles', '/static', '/health', '/watch']

export default defineConfig({
  plugins: [onlyWoff2(), citizensPage(), vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: {
      ...Object.fromEntries(served.map((path) => [path, { target: backend, bypass: ownPage }])),
      '/ws': { target: live, ws: true },
    },
  },
  build: {
    target: 'chrome107',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: 'index.html', report: 'report.html' },
      output: {
        // Named groups keep these file names the same from build to build, so browsers keep their copies.
        codeSplitting: {
          groups: [
            { name: 'map', test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox)[\\/]/, priority: 30 },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            // Vue alone is all that the citizens' page takes.
            { name: 'vue', test: /node_modules[\\/](@vue[\\/](reactivity|runtime-core|runtime-dom|shared)|vue)[\\/]/, priority: 21 },
            { name: 'kit', test: /node_modules[\\/](@vue|vue-router|pinia|vue-i18n|@intlify|@tanstack|openapi-fetch)[\\/]/, priority: 20 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    reporters: ['dot'],
    setupFiles: ['tests/setup.ts'],
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: 'shared', isolate: false, include: ['tests/**/*.spec.ts'], exclude: replacing } },
      { extends: true, test: { name: 'apart', include: replacing } },
    ],
  },
})
