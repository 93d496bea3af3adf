"""Scoring against hand-labelled gold, by the rules of ``docs/labelling.md``.

``gold`` loads the files, ``lint`` checks them, ``align`` pairs mentions, ``score`` judges the
pairs, ``evaluate`` runs it over folders and ``report`` prints it.
"""
