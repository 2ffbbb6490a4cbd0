"""Gets pages: portals, CMS platforms, the spider, politeness, what is due."""
