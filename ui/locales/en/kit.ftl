# Lists, filters and facts: what every room shares.
filter = Filter
filter-view = View
filter-clear = Clear
list-select-row = Select
list-select-all-rows = Select all
list-selection = Selection
list-selected = { $count ->
    [one] { $shown } selected
   *[other] { $shown } selected
}
list-select-all = Select all { $shown } matching
list-select-none = Clear
copy-named = Copy { $name }
command-filter = Filter this list
key-from-filter = From the search field to the list
key-select = Select or unselect
key-select-range = Select a range
key-select-all = Select all matching
key-select-none = Clear the selection
