"""A small government portal in a box: a model of letters, renderers per CMS, a script of days."""
