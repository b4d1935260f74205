"""The finder: from a need to a place that helps, one plain question a screen. What is asked lies in site/finder.yml."""
