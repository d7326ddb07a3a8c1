"""The main job played once over HTTP: a real clip is analysed, an alert rises, and its event goes round the loop."""
