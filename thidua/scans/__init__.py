"""Papers signed with ink: the scan, compared with the paper by the codes on its pages."""
