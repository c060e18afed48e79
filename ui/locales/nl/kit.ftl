# Lijsten, filters en gegevens: wat elk onderdeel gebruikt.
filter = Filteren
filter-view = Weergave
filter-clear = Wissen
list-select-row = Selecteren
list-select-all-rows = Alles selecteren
list-selection = Selectie
list-selected = { $count ->
    [one] { $shown } geselecteerd
   *[other] { $shown } geselecteerd
}
list-select-all = Alle { $shown } gevonden selecteren
list-select-none = Niets selecteren
copy-named = { $name } kopiëren
command-filter = In deze lijst zoeken
key-from-filter = Van het zoekveld naar de lijst
key-select = Selecteren of niet
key-select-range = Een reeks selecteren
key-select-all = Alles wat past selecteren
key-select-none = Selectie opheffen
