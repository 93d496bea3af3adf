"""What each number measures: action and object, with what the sentence leaves out put back.

The numbers of a paragraph are read in order. A small state holds what stands open: the last verb,
the last object, the last named measure and its head. Each clause updates it, and a clause that
leaves words out takes them from it. Every step is kept, so that ``explain`` can tell which words
came from where, and by which rule.
"""

from govextract.stages.indicators.link import link_indicators

__all__ = ["link_indicators"]
