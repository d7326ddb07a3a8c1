/** The admin's map field, a page part of its own: Django serves it from /static/admin-map/ under fixed names. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/static/admin-map/',
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'chrome107',
    outDir: 'dist-admin/admin-map',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: fileURLToPath(new URL('./src/admin-map/main.ts', import.meta.url)),
      output: {
        entryFileNames: 'admin-map.js',
        // Worker and style get names that Django can write down, and endings that every server knows.
        assetFileNames: ({ names }) => {
          if (names[0]?.endsWith('.css')) return 'admin-map.css'
          return /\.woff2?$/.test(names[0] ?? '') ? 'fonts/[name][extname]' : '[name].js'
        },
        codeSplitting: false,
      },
    },
  },
})
