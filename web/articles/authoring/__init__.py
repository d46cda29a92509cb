"""The authors' side of the help centre: lists, drafts, versions, differences, and articles made from tickets."""
